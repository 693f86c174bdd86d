namespace Halley.Data.Expressions;

/// <summary>One step of a plan: reads some slots and writes one or more others, for every row of a block.</summary>
/// <remarks>Immutable and safe to share between threads. A row's result depends on that row alone, so live and batch bits agree.</remarks>
public interface ISlotInstruction
{
    /// <summary>Runs over the block's rows. Allocates nothing.</summary>
    void Run(SlotBlock block);
}
