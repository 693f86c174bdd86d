namespace Halley.Boosting;

/// <summary>Adds the leaves of some trees node by node.</summary>
interface ITreeWalk
{
    void Walk(int first, int count, Span<double> sums);
}
