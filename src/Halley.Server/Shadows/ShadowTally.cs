using System.Text.Json;
using Halley.Registry;

namespace Halley.Server;

/// <summary>Counts how shadows differ from the answers given, for the page. The log holds all of it; this is only the sum.</summary>
sealed class ShadowTally
{
    // Enough for a median that a reader can trust; the newest are kept.
    const int Kept = 4_096;

    readonly Lock gate = new();
    readonly Dictionary<(string Decision, VersionId Champion, VersionId Shadow), Counts> counts = [];

    public void Add(DecisionRecord decision, ShadowRecord shadow)
    {
        lock (gate)
            Of(decision, shadow.Release).Add(decision.Outputs, shadow);
    }

    public void AddError(DecisionRecord decision, VersionId shadow)
    {
        lock (gate)
            Of(decision, shadow).Errors++;
    }

    /// <summary>A line for each pair of releases, by decision.</summary>
    public IReadOnlyList<ShadowLine> Lines()
    {
        lock (gate)
        {
            return
            [
                .. counts
                    .OrderBy(pair => pair.Key.Decision, StringComparer.Ordinal)
                    .ThenByDescending(pair => pair.Value.Compared)
                    .Select(pair => pair.Value.Line(pair.Key.Decision, pair.Key.Champion, pair.Key.Shadow)),
            ];
        }
    }

    Counts Of(DecisionRecord decision, VersionId shadow)
    {
        var key = (decision.Decision, decision.Release, shadow);
        if (!counts.TryGetValue(key, out var found))
            counts[key] = found = new();
        return found;
    }

    sealed class Counts
    {
        readonly Queue<double> differences = new();

        public long Compared { get; private set; }

        public long Errors { get; set; }

        long differ;
        string? output;

        public void Add(ReadOnlyMemory<byte> given, ShadowRecord shadow)
        {
            if (shadow.Error is not null)
            {
                Errors++;
                return;
            }
            Compared++;
            using var a = JsonDocument.Parse(given);
            using var b = JsonDocument.Parse(shadow.Outputs);
            if (!JsonElement.DeepEquals(a.RootElement, b.RootElement))
                differ++;
            output ??= FirstNumber(a.RootElement);
            if (
                output is not null
                && Number(a.RootElement, output) is { } before
                && Number(b.RootElement, output) is { } after
                && before != 0
            )
                differences.Enqueue(Math.Abs(after / before - 1));
            if (differences.Count > Kept)
                differences.Dequeue();
        }

        public ShadowLine Line(string decision, VersionId champion, VersionId shadow) =>
            new(decision, champion.ToString(), shadow.ToString(), Compared, differ, Errors, output, Median());

        double? Median()
        {
            if (differences.Count == 0)
                return null;
            var sorted = differences.Order().ToArray();
            return sorted[sorted.Length / 2];
        }

        static string? FirstNumber(JsonElement answer) =>
            answer
                .EnumerateObject()
                .Where(member => member.Value.ValueKind == JsonValueKind.Number)
                .Select(member => member.Name)
                .FirstOrDefault();

        static double? Number(JsonElement answer, string name) =>
            answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
    }
}
