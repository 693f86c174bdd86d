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
        if (block.SlotCount < SlotCount)
            throw new ArgumentException($"the plan needs {SlotCount} slots and the block has {block.SlotCount}.", nameof(block));
        foreach (var instruction in instructions)
            instruction.Run(block);
    }
}
