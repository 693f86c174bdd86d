using System.Runtime.InteropServices;
using System.Text.Json;
using Halley.Data;

namespace Halley.Registry;

/// <summary>Counts and sums of one block, or of all of them. Sums are decimal, so that their order does not matter.</summary>
sealed class ReplayTally(string? money)
{
    const int ExamplesKept = 10;
    const string Unexplained = "(no step: rules, outputs or reasons)";

    readonly Dictionary<string, ReplayOutput> outputs = new(StringComparer.Ordinal);
    readonly Dictionary<(string From, string To), long> actions = [];
    readonly Dictionary<string, ReplayCause> causes = new(StringComparer.Ordinal);
    readonly Dictionary<string, ReplayProblem> problems = new(StringComparer.Ordinal);
    readonly List<ReplayExample> largest = [];
    long same;
    long sameOutputs;
    long refused;
    long erased;
    long fallbacks;

    internal long Decisions { get; private set; }

    internal void AddErased()
    {
        Decisions++;
        erased++;
    }

    internal void AddRefused(IReadOnlyList<FieldProblem> found)
    {
        Decisions++;
        refused++;
        foreach (var problem in found.DistinctBy(problem => problem.Field))
        {
            var known = problems.GetValueOrDefault(problem.Field) ?? new(problem.Field, 0, problem.ToString());
            problems[problem.Field] = known with { Decisions = known.Decisions + 1 };
        }
    }

    internal void Add(DecisionRecord logged, AnswerBytes now)
    {
        Decisions++;
        if (logged.Fallback is not null)
            fallbacks++;
        var isSame = logged.Outputs.Span.SequenceEqual(now.Outputs.Span);
        using var before = JsonDocument.Parse(logged.Outputs);
        using var after = JsonDocument.Parse(now.Outputs);
        var change = AddOutputs(logged.Id, before.RootElement, after.RootElement, out var example);
        if (isSame)
        {
            var isEqual = logged.Steps.Span.SequenceEqual(now.Steps.Span) && logged.Reasons.Span.SequenceEqual(now.Reasons.Span);
            (same, sameOutputs) = isEqual ? (same + 1, sameOutputs) : (same, sameOutputs + 1);
            return;
        }
        var (from, to) = (Action(before.RootElement), Action(after.RootElement));
        if (from != to)
            CollectionsMarshal.GetValueRefOrAddDefault(actions, (from, to), out _)++;
        var step = FirstDifference(logged.Steps, now.Steps) ?? Unexplained;
        var cause = causes.GetValueOrDefault(step) ?? new(step, 0, 0);
        causes[step] = cause with { Decisions = cause.Decisions + 1, Change = cause.Change + change };
        if (example is not null)
            Keep(example with { Step = step });
    }

    /// <summary>Adds what a later block found.</summary>
    internal void Add(ReplayTally later)
    {
        Decisions += later.Decisions;
        same += later.same;
        sameOutputs += later.sameOutputs;
        refused += later.refused;
        erased += later.erased;
        fallbacks += later.fallbacks;
        foreach (var one in later.outputs.Values)
            AddOutput(one);
        foreach (var (pair, count) in later.actions)
            CollectionsMarshal.GetValueRefOrAddDefault(actions, pair, out _) += count;
        foreach (var one in later.causes.Values)
        {
            var known = causes.GetValueOrDefault(one.Step) ?? new(one.Step, 0, 0);
            causes[one.Step] = known with { Decisions = known.Decisions + one.Decisions, Change = known.Change + one.Change };
        }
        foreach (var one in later.problems.Values)
        {
            var known = problems.GetValueOrDefault(one.Field) ?? one with { Decisions = 0 };
            problems[one.Field] = known with { Decisions = known.Decisions + one.Decisions };
        }
        later.largest.ForEach(Keep);
    }

    internal ReplayReport Report(string through) =>
        new(
            through,
            Decisions,
            same,
            sameOutputs,
            refused,
            erased,
            fallbacks,
            [.. outputs.Values.OrderBy(one => one.Name, StringComparer.Ordinal)],
            [
                .. actions
                    .Select(pair => new ReplayAction(pair.Key.From, pair.Key.To, pair.Value))
                    .OrderByDescending(one => one.Decisions)
                    .ThenBy(one => one.From, StringComparer.Ordinal)
                    .ThenBy(one => one.To, StringComparer.Ordinal),
            ],
            [.. causes.Values.OrderByDescending(one => one.Decisions).ThenBy(one => one.Step, StringComparer.Ordinal)],
            [.. problems.Values.OrderByDescending(one => one.Decisions).ThenBy(one => one.Field, StringComparer.Ordinal)],
            largest
        );

    /// <summary>Sums every output that is a number both times; returns the change of the money output.</summary>
    decimal AddOutputs(Guid id, JsonElement before, JsonElement after, out ReplayExample? example)
    {
        example = null;
        var change = 0m;
        foreach (var output in after.EnumerateObject())
        {
            if (
                output.Value.ValueKind != JsonValueKind.Number
                || !before.TryGetProperty(output.Name, out var logged)
                || logged.ValueKind != JsonValueKind.Number
                || !logged.TryGetDecimal(out var old)
                || !output.Value.TryGetDecimal(out var now)
            )
                continue;
            AddOutput(new(output.Name, 1, old, now, now > old ? 1 : 0, now < old ? 1 : 0));
            if (output.Name != money || now == old)
                continue;
            change = now - old;
            example = new(id, output.Name, old, now, "");
        }
        return change;
    }

    void AddOutput(ReplayOutput one)
    {
        var known = outputs.GetValueOrDefault(one.Name) ?? new(one.Name, 0, 0, 0, 0, 0);
        outputs[one.Name] = new(
            one.Name,
            known.Decisions + one.Decisions,
            known.Logged + one.Logged,
            known.Now + one.Now,
            known.Risen + one.Risen,
            known.Fallen + one.Fallen
        );
    }

    /// <summary>Keeps the largest changes; of equal ones the earlier decision.</summary>
    void Keep(ReplayExample example)
    {
        var place = largest.FindIndex(other => Math.Abs(other.Now - other.Logged) < Math.Abs(example.Now - example.Logged));
        largest.Insert(place < 0 ? largest.Count : place, example);
        if (largest.Count > ExamplesKept)
            largest.RemoveAt(ExamplesKept);
    }

    static string Action(JsonElement outputs) => outputs.TryGetProperty("action", out var action) ? $"{action}" : "";

    /// <summary>Name of the first step, in the new order of computation, whose value is another or is new; null where none is.</summary>
    static string? FirstDifference(ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after)
    {
        if (before.IsEmpty || after.IsEmpty)
            return null;
        using var logged = JsonDocument.Parse(before);
        using var now = JsonDocument.Parse(after);
        foreach (var step in now.RootElement.EnumerateObject())
        {
            if (!logged.RootElement.TryGetProperty(step.Name, out var old) || !JsonElement.DeepEquals(old, step.Value))
                return step.Name;
        }
        return null;
    }
}
