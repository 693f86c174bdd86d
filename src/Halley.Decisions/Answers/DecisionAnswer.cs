using System.Text.Json;

namespace Halley.Decisions;

/// <summary>The answer to one record: read it or write it, then dispose it, which hands its memory to the next record.</summary>
/// <remarks>Not safe for use by two threads at once.</remarks>
public sealed class DecisionAnswer : IDisposable
{
    readonly SlotBlock block;
    DecisionEngine? owner;

    internal DecisionAnswer(DecisionEngine owner, DecisionPlan plan)
    {
        Plan = plan;
        this.owner = owner;
        block = new(plan.SlotCount, 1);
        Inputs = new double[plan.Definition.Inputs.Fields.Count];
        Texts = new string?[Inputs.Length];
    }

    /// <summary>What decided: this release's plan, the previous one's, or the fallback's.</summary>
    internal DecisionPlan Plan { get; }

    internal SlotBlock Block => block;

    /// <summary>The record as slot values, shape (fields).</summary>
    internal double[] Inputs { get; }

    /// <summary>The record's text fields, shape (fields).</summary>
    internal string?[] Texts { get; }

    /// <summary>Name of the decision.</summary>
    public string Decision => Plan.Definition.Name;

    public AnswerSource Source { get; internal set; }

    /// <summary>Whether another than the release itself answered, because a part of it failed.</summary>
    public bool IsFallback => Source != AnswerSource.Release;

    /// <summary>What failed; empty where nothing did.</summary>
    public IReadOnlyList<DecisionFailure> Failures { get; internal set; } = [];

    /// <summary>The record's id, that of the field of role id; null where there is none.</summary>
    public string? UnitId { get; internal set; }

    /// <summary>The action taken, one of the definition's.</summary>
    public string Action =>
        Source == AnswerSource.Refer ? Plan.Definition.Fallback.ReferAction : Plan.Definition.Actions[Row.Action];

    /// <summary>Whether the record was drawn for a check, and the logged probability of its being checked; null without random checks.</summary>
    public (bool Drawn, double Probability)? Check =>
        Source == AnswerSource.Refer || Plan.Check is not { } check
            ? null
            : (Row.At(check.Drawn) == 1, Row.At(check.Probability));

    /// <summary>The floors and caps that bit.</summary>
    public IReadOnlyList<LimitHit> Limits => Source == AnswerSource.Refer ? [] : Row.Limits();

    /// <summary>Sentences for the caller: rules first, then by contribution; at most five.</summary>
    public IReadOnlyList<ToldReason> Reasons =>
        Source == AnswerSource.Refer ? [new("fallback", Plan.Definition.Fallback.Reason, double.NaN)] : Row.Reasons();

    internal PlanRow Row => new(Plan, block, 0);

    /// <summary>
    /// An output's value as a double: number, boolean 0/1, day number, a category's code; money rounded. NaN where it is missing or
    /// left out.
    /// </summary>
    /// <exception cref="ArgumentException">There is no output of that name.</exception>
    public double Output(string name)
    {
        var output = Find(name);
        var value = Source == AnswerSource.Refer || !Row.Has(output) ? double.NaN : Row.At(output.Value);
        return output.Definition.Money is { } money ? (double?)money.Round(value) ?? double.NaN : value;
    }

    /// <summary>A money output's amount, rounded by its rule; null where it is missing or left out.</summary>
    /// <exception cref="ArgumentException">There is no money output of that name.</exception>
    public decimal? Money(string name)
    {
        var output = Find(name);
        if (output.Definition.Money is not { } money)
            throw new ArgumentException($"output '{name}' is no money.", nameof(name));
        return Source == AnswerSource.Refer || !Row.Has(output) ? null : money.Round(Row.At(output.Value));
    }

    /// <summary>A category output's level; null where it is missing or left out.</summary>
    /// <exception cref="ArgumentException">There is no category output of that name.</exception>
    public string? Level(string name)
    {
        var value = Output(name);
        var levels =
            Find(name).Value.Type.Levels ?? throw new ArgumentException($"output '{name}' is no category.", nameof(name));
        return double.IsNaN(value) ? null : levels[(int)value];
    }

    /// <summary>Whether the plan ran to its end, so that every step has its value.</summary>
    internal bool IsRun { get; set; }

    /// <summary>The values of every step in the order of computation; empty where a part threw and a person decides.</summary>
    public IEnumerable<(NamedSlot Step, double Value)> Steps =>
        !IsRun ? [] : Plan.Steps.Select(step => (step, block[step.Slot.Index][0]));

    /// <summary>Writes the answer as one JSON object.</summary>
    public void Write(Utf8JsonWriter writer, AnswerDetail detail = AnswerDetail.Plain) => AnswerJson.Write(this, writer, detail);

    /// <summary>Writes one object: the action under <c>action</c>, then the outputs.</summary>
    public void WriteActionAndOutputs(Utf8JsonWriter writer) => AnswerJson.WriteActionAndOutputs(this, writer);

    /// <summary>Writes one object: the value of every named step.</summary>
    public void WriteSteps(Utf8JsonWriter writer) => AnswerJson.WriteSteps(this, writer);

    /// <summary>Writes one array: the reasons in words.</summary>
    public void WriteReasons(Utf8JsonWriter writer) => AnswerJson.WriteReasons(this, writer);

    /// <summary>Writes the record as it was understood: defaults filled in, levels as text.</summary>
    public void WriteInputs(Utf8JsonWriter writer) =>
        (owner ?? throw new ObjectDisposedException(nameof(DecisionAnswer))).Encoder.Decode(Inputs, Texts, writer);

    /// <summary>Hands the memory to the next record. The answer must not be used afterwards.</summary>
    public void Dispose()
    {
        var engine = owner;
        owner = null;
        engine?.Return(this);
    }

    /// <summary>Makes a returned answer ready for another record.</summary>
    internal void Reset(DecisionEngine engine)
    {
        owner = engine;
        Source = AnswerSource.Release;
        Failures = [];
        UnitId = null;
        IsRun = false;
    }

    CompiledOutput Find(string name)
    {
        foreach (var output in Plan.Outputs)
        {
            if (output.Definition.Name == name)
                return output;
        }
        throw new ArgumentException(
            $"there is no output '{name}'. The decision has: {string.Join(", ", Plan.Outputs.Select(output => output.Definition.Name))}.",
            nameof(name)
        );
    }
}
