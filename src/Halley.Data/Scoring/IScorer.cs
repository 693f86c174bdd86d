namespace Halley.Data;

/// <summary>A fitted predictor. Immutable, safe to share between threads.</summary>
public interface IScorer
{
    /// <summary>What it reads, in the order in which <see cref="Score"/> takes the slots.</summary>
    IReadOnlyList<ScorerInput> Inputs { get; }

    /// <summary>Scores before the link, exposure and offset left out.</summary>
    /// <param name="block">Rows of slots; n = its row count. Read only.</param>
    /// <param name="inputSlots">Shape (<see cref="Inputs"/>): the slot that holds each input. NaN is missing.</param>
    /// <param name="eta">Shape (n): the result, on the link scale.</param>
    /// <remarks>A row's result does not depend on the other rows, on n, on threads or on the CPU. Allocates nothing.</remarks>
    void Score(SlotBlock block, ReadOnlySpan<int> inputSlots, Span<double> eta);
}
