namespace Halley.Decisions;

/// <summary>Working memory of one thread: a block of rows and the inputs that go into it.</summary>
sealed class BatchWorker(DecisionPlan plan, int capacity)
{
    public SlotBlock Block { get; } = new(plan.SlotCount, capacity);

    /// <summary>Shape (fields × capacity).</summary>
    public double[][] Inputs { get; } = [.. plan.Definition.Inputs.Fields.Select(_ => new double[capacity])];

    /// <summary>Shape (fields).</summary>
    public double[] Record { get; } = new double[plan.Definition.Inputs.Fields.Count];

    /// <summary>Shape (fields).</summary>
    public string?[] Texts { get; } = new string?[plan.Definition.Inputs.Fields.Count];

    /// <summary>Shape (capacity).</summary>
    public bool[] Doubtful { get; } = new bool[capacity];

    /// <summary>For each row of the block, its row in the table; shape (capacity).</summary>
    public int[] TableRows { get; } = new int[capacity];
}
