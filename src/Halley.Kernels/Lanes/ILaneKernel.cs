namespace Halley.Kernels;

/// <summary>A pass over rows that does the same with one row or with the rows of a SIMD register.</summary>
interface ILaneKernel
{
    /// <summary>Works on the rows from <paramref name="row"/> on, as many as <typeparamref name="T"/> has lanes.</summary>
    void Step<T>(int row)
        where T : struct, ILanes<T>;
}
