namespace Halley.Data.Expressions;

/// <summary>A flat list of instructions over numbered slots. Immutable, safe to share between threads; a block belongs to one.</summary>
public sealed class SlotPlan
{
    readonly ISlotInstruction[] instructions;

    internal SlotPlan(int slotCount, ISlotInstruction[] instructions)
    {
        SlotCount = slotCount;
        this.instructions = instructions;
    }

    /// <summary>Slots that a block for this plan must have, at least.</summary>
    public int SlotCount { get; }

    public int InstructionCount => instructions.Length;

    /// <summary>Runs every instruction over the block's rows; the input slots must be filled. Allocates nothing.</summary>
    /// <exception cref="ArgumentException">The block has too few slots.</exception>
    public void Run(SlotBlock block)
    {
        var running = 0;
        Run(block, ref running);
    }

    /// <inheritdoc cref="Run(SlotBlock)"/>
    /// <param name="running">Counts the instructions that are done: where one throws, the number of that one in this plan.</param>
    public void Run(SlotBlock block, ref int running)
    {
        if (block.SlotCount < SlotCount)
            throw new ArgumentException($"the plan needs {SlotCount} slots and the block has {block.SlotCount}.", nameof(block));
        for (running = 0; running < instructions.Length; running++)
            instructions[running].Run(block);
    }
}
