namespace Halley.Kernels;

/// <summary>A function of one variable, written once for any number of lanes.</summary>
interface ILaneFunction
{
    static abstract T Apply<T>(T x)
        where T : struct, ILanes<T>;
}
