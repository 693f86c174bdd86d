using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Halley.Decisions;

/// <summary>Decides records by a plan, one at a time or a table of them, and falls back where a part fails. Safe to share between threads.</summary>
public sealed partial class DecisionEngine
{
    readonly AnswerPool pool;
    readonly DecisionEngine? previous;
    readonly DecisionEngine? table;
    readonly RecordEncoder lenient;
    readonly int idField;
    readonly DecisionFailure? stopped;

    /// <param name="previous">The release that was live before, for a fallback chain that names it; null for none.</param>
    /// <param name="extraFields">What to do with fields of a record that the schema does not have.</param>
    /// <param name="stopped">Why the plan itself must not answer, so that the fallback chain does; null where it may.</param>
    public DecisionEngine(
        DecisionPlan plan,
        DecisionEngine? previous = null,
        ExtraFields extraFields = ExtraFields.Reject,
        DecisionFailure? stopped = null
    )
    {
        Plan = plan;
        this.previous = previous;
        this.stopped = stopped;
        table = plan.Table is null ? null : new(plan.Table);
        pool = new(this, plan);
        Encoder = new(plan.Definition.Inputs, extraFields);
        // Another release's fields may differ; what it does not know must not keep it from helping out.
        lenient = new(plan.Definition.Inputs, ExtraFields.Ignore);
        var id = plan.Definition.Inputs.OfRole(Role.Id);
        idField = id is null ? -1 : plan.Definition.Inputs.IndexOf(id.Name);
    }

    public DecisionPlan Plan { get; }

    /// <summary>Checks and encodes records by the definition's inputs.</summary>
    public RecordEncoder Encoder { get; }

    /// <summary>Decides one record.</summary>
    /// <param name="record">A JSON object with the fields of the definition's inputs.</param>
    /// <param name="answer">The answer, to be disposed; null where the record is not as the schema wants it.</param>
    /// <param name="problems">All that is wrong with the record; null where nothing is.</param>
    public bool TryDecide(
        ReadOnlySpan<byte> record,
        [NotNullWhen(true)] out DecisionAnswer? answer,
        [NotNullWhen(false)] out IReadOnlyList<FieldProblem>? problems
    )
    {
        answer = null;
        var draft = pool.Rent();
        if (!Encoder.TryEncode(record, draft.Inputs, draft.Texts, out problems))
        {
            draft.Dispose();
            return false;
        }
        answer = Decide(draft, record);
        return true;
    }

    /// <inheritdoc cref="TryDecide(ReadOnlySpan{byte}, out DecisionAnswer, out IReadOnlyList{FieldProblem})"/>
    public bool TryDecide(
        JsonElement record,
        [NotNullWhen(true)] out DecisionAnswer? answer,
        [NotNullWhen(false)] out IReadOnlyList<FieldProblem>? problems
    ) => TryDecide(JsonMarshal.GetRawUtf8Value(record), out answer, out problems);

    internal void Return(DecisionAnswer answer) => pool.Return(answer);

    /// <summary>Decides an encoded record, by the fallback chain where the release fails.</summary>
    /// <param name="record">The same record as JSON, for another release's own encoding.</param>
    DecisionAnswer Decide(DecisionAnswer draft, ReadOnlySpan<byte> record)
    {
        var failures = Run(draft);
        if (failures is null)
            return draft;
        foreach (var kind in Plan.Definition.Fallback.Order)
        {
            var answer = kind switch
            {
                FallbackKind.PreviousRelease => ByPreviousRelease(record, failures),
                FallbackKind.Table => ByTable(draft, failures),
                _ => null,
            };
            if (answer is null)
                continue;
            answer.Source = kind == FallbackKind.Table ? AnswerSource.Table : AnswerSource.PreviousRelease;
            answer.Failures = failures;
            answer.UnitId = draft.UnitId;
            draft.Dispose();
            return answer;
        }
        draft.Source = AnswerSource.Refer;
        draft.Failures = failures;
        return draft;
    }

    DecisionAnswer? ByPreviousRelease(ReadOnlySpan<byte> record, List<DecisionFailure> failures)
    {
        if (previous is null)
        {
            failures.Add(new("previous release", "there is none"));
            return null;
        }
        var draft = previous.pool.Rent();
        var failed = previous.lenient.TryEncode(record, draft.Inputs, draft.Texts, out var problems)
            ? previous.Run(draft)
            : [new("record", $"it is not as that release wants it: {problems[0]}")];
        if (failed is null)
            return draft;
        failures.AddRange(failed.Select(failure => failure with { Part = $"previous release, {failure.Part}" }));
        draft.Dispose();
        return null;
    }

    DecisionAnswer? ByTable(DecisionAnswer failed, List<DecisionFailure> failures)
    {
        if (table is null)
            return null;
        var draft = table.pool.Rent();
        failed.Inputs.CopyTo(draft.Inputs, 0);
        failed.Texts.CopyTo(draft.Texts, 0);
        var more = table.Run(draft);
        if (more is null)
            return draft;
        failures.AddRange(more.Select(failure => failure with { Part = $"table, {failure.Part}" }));
        draft.Dispose();
        return null;
    }

    /// <summary>Runs the plan over an encoded record; the failures, or null where the answer stands.</summary>
    List<DecisionFailure>? Run(DecisionAnswer draft)
    {
        var block = draft.Block;
        for (var field = 0; field < draft.Inputs.Length; field++)
            block[field][0] = draft.Inputs[field];
        draft.UnitId = UnitIdOf(draft.Inputs, draft.Texts);
        if (stopped is not null)
            return [stopped];
        block[Plan.DrawSlot][0] = DrawOf(draft.UnitId);
        var running = 0;
        try
        {
            Plan.Run(block, ref running);
        }
        // Whatever a part throws, the record still gets an answer, and the answer says what failed.
        catch (Exception error)
        {
            var why = error is HalleyException known ? known.Message.TrimEnd('.') : $"{error.GetType().Name}: {error.Message}";
            return [new(Plan.PartAt(running), why)];
        }
        draft.IsRun = true;
        return draft.Row.IsWhole() ? null : draft.Row.Failures();
    }

    double DrawOf(string? unitId) => Plan.Definition.RandomCheck is { } check ? RandomDraw.Of(check.Salt, unitId) : double.NaN;

    string? UnitIdOf(ReadOnlySpan<double> inputs, ReadOnlySpan<string?> texts)
    {
        if (idField < 0)
            return null;
        var (field, value) = (Plan.Definition.Inputs.Fields[idField], inputs[idField]);
        if (field.Kind == FieldKind.Text)
            return texts[idField];
        if (double.IsNaN(value))
            return null;
        return field.Kind switch
        {
            FieldKind.Category => field.Levels![(int)value],
            FieldKind.Date => DateOnly.FromDayNumber((int)value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            FieldKind.Boolean => value == 1 ? "true" : "false",
            _ => value.ToString("R", CultureInfo.InvariantCulture),
        };
    }
}
