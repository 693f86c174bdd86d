namespace Halley.Data.Expressions;

/// <summary>Collects the instructions of a <see cref="SlotPlan"/>. Every slot is written once, so a value once computed stays readable.</summary>
public sealed class PlanBuilder
{
    readonly List<ISlotInstruction> instructions = [];
    readonly Dictionary<string, SlotRef> shared = new(StringComparer.Ordinal);
    readonly Dictionary<LookupTable, int> tables = new(ReferenceEqualityComparer.Instance);

    public int SlotCount { get; private set; }

    /// <summary>A new slot.</summary>
    public SlotRef Allocate(SlotType type) => new(SlotCount++, type);

    /// <summary>Appends an instruction. The slots it reads are inputs or were written by instructions before it.</summary>
    public void Add(ISlotInstruction instruction) => instructions.Add(instruction);

    /// <summary>A slot that holds the same value in every row; equal constants of one type share a slot.</summary>
    public SlotRef Constant(SlotType type, double value) =>
        Share($"constant {BitConverter.DoubleToInt64Bits(value):x}", type, result => new ConstantInstruction(result, value));

    /// <summary>
    /// The slot of an instruction that was added before under the same key, or a new one: equal subexpressions are computed once.
    /// </summary>
    /// <param name="key">Names the operation, its parameters and the slots it reads, and nothing else.</param>
    internal SlotRef Share(string key, SlotType type, Func<int, ISlotInstruction> create)
    {
        if (shared.TryGetValue(key, out var known))
            return known with { Type = type };
        var result = Allocate(type);
        Add(create(result.Index));
        shared.Add(key, result);
        return result;
    }

    /// <summary>A number for a table, the same for the same object: two models may name different tables alike.</summary>
    internal int NumberOf(LookupTable table)
    {
        tables.TryAdd(table, tables.Count);
        return tables[table];
    }

    /// <summary>Instructions added so far: where a part of the plan ends that runs on its own.</summary>
    public int InstructionCount => instructions.Count;

    /// <summary>A plan of all instructions, or of those from <paramref name="start"/> on: a part that runs over a block after the parts before it.</summary>
    public SlotPlan Build(int start = 0) => new(SlotCount, [.. instructions[start..]]);
}
