using Halley.Decisions;

namespace Halley.Registry;

/// <summary>Watches one release by its decisions, in the order of time, and their outcomes: feed it, and look as often as you like.</summary>
/// <remarks>
/// <para>
/// The first decisions are the reference time. Later ones are held against it in two ways, all since then and month by month, so that neither
/// a slow drift nor a sudden one hides. Claims are held against what was expected by now, over all decisions.
/// </para>
/// <para>Every judgement keeps its part of the plan's risk at any number of looks; see <see cref="MonitorRisk"/>.</para>
/// </remarks>
public sealed partial class ReleaseMonitor
{
    const int LeastReference = 500;
    const int ClaimsBands = 5;
    static readonly TimeSpan Month = TimeSpan.FromDays(30);

    readonly MonitorPlan plan;
    readonly MonitoredFields fields;
    readonly IReadOnlyList<int> watched;
    readonly MonitorSlices slices;
    readonly MonitorRisk risk;
    readonly UnseenLevels? unseen;
    readonly int exposure;
    readonly int technical;
    readonly int charged;
    readonly int priceBy;
    readonly int[] expected;

    readonly UnitIndex units = new();
    readonly List<MonitoredRow> rows = [];
    readonly List<int> lastOfUnit = [];
    readonly Dictionary<Guid, int> rowOf = [];
    readonly Dictionary<(int Row, string Kind), DateOnly> valued = [];
    readonly HashSet<string> kinds = new(StringComparer.Ordinal);
    readonly double[] values;
    DateTimeOffset? start;
    bool isSimulated;

    ReleaseMonitor(MonitorPlan plan, DecisionDefinition definition, UnseenLevels? unseen)
    {
        plan.Validate();
        (this.plan, this.unseen) = (plan, unseen);
        fields = new(plan, definition);
        watched = [.. Enumerable.Range(0, fields.All.Count).Where(place => fields.All[place].IsWatched)];
        slices = new(fields);
        (exposure, technical) = (fields.Find(plan.Exposure), fields.Find(plan.Price?.Technical));
        (charged, priceBy) = (fields.Find(plan.Price?.Charged), fields.Find(plan.Price?.By));
        expected = [.. plan.Lines.Select(line => fields.Find(line.Expected))];
        values = new double[fields.All.Count];
        risk = new(
            plan.Risk,
            plan.Lines.Count,
            2 * watched.Count + 1 + (plan.LatencyMilliseconds is null ? 0 : 1),
            plan.Price is null ? 0 : PriceJudge.Tests(PriceField),
            slices.Count
        );
        cuts = [.. plan.Lines.Select(_ => Array.Empty<double>())];
    }

    /// <summary>A monitor of a loaded release, which knows the levels that its models learned.</summary>
    /// <exception cref="Data.HalleyException">HLY5611, HLY5613: the plan.</exception>
    public static ReleaseMonitor Of(MonitorPlan plan, LoadedRelease release) =>
        new(plan, release.Definition, new UnseenLevels(release));

    /// <summary>A monitor of a decision without its models: levels that they never learned are not counted.</summary>
    /// <exception cref="Data.HalleyException">HLY5611, HLY5613: the plan.</exception>
    public static ReleaseMonitor Of(MonitorPlan plan, DecisionDefinition definition) => new(plan, definition, null);

    MonitoredField? PriceField => priceBy < 0 ? null : fields.All[priceBy];

    /// <summary>A live decision of the release, not earlier than the last one.</summary>
    public void Add(DecisionRecord record)
    {
        start ??= record.Time;
        isSimulated |= record.Simulated;
        fields.Read(record, values);
        var unit = units.Of(record.UnitId.Length > 0 ? record.UnitId : record.Id.ToString());
        var row = Row(record, unit);
        rowOf[record.Id] = rows.Count;
        if (unit == lastOfUnit.Count)
            lastOfUnit.Add(rows.Count);
        else
            lastOfUnit[unit] = rows.Count;
        rows.Add(row);
        Watch(record.Time, row);
    }

    /// <summary>An outcome, in the order of receipt; one of another decision is passed over.</summary>
    public void Add(OutcomeRecord record)
    {
        var outcome = record.Outcome;
        if (!rowOf.TryGetValue(outcome.DecisionId, out var place))
            return;
        kinds.Add(outcome.Kind);
        if (valued.TryGetValue((place, outcome.Kind), out var last) && last > outcome.ValuationDate)
            return;
        valued[(place, outcome.Kind)] = outcome.ValuationDate;
        isSimulated |= outcome.Simulated;
        var row = rows[place];
        for (var line = 0; line < plan.Lines.Count; line++)
        {
            if (plan.Lines[line].Actual == outcome.Kind)
                row.Actual[line] = plan.Lines[line].Cap is { } cap ? Math.Min(cap, outcome.Value) : outcome.Value;
            if (plan.Lines[line].Taken == outcome.Kind)
                row.Taken[line] = outcome.Value;
        }
        if (charged < 0 && plan.Price?.Charged == outcome.Kind)
            row.Charged = outcome.Value;
    }

    MonitoredRow Row(DecisionRecord record, int unit)
    {
        var weight = exposure < 0 ? 1 : values[exposure];
        var row = new MonitoredRow(
            unit,
            unit < lastOfUnit.Count ? lastOfUnit[unit] : -1,
            DateOnly.FromDateTime(record.Time.UtcDateTime).DayNumber,
            weight > 0 && double.IsFinite(weight) ? weight : 0,
            expected.Length
        )
        {
            Slices = slices.Of(values),
            IsUnseen = unseen?.AreIn(record.Inputs.Span) ?? false,
            IsSlow = record.LatencyMicroseconds > 1000 * plan.LatencyMilliseconds,
            Charged = charged < 0 ? double.NaN : values[charged],
            Technical = technical < 0 ? double.NaN : values[technical],
            PriceCode = priceBy < 0 || double.IsNaN(values[priceBy]) ? -1 : (int)values[priceBy],
        };
        for (var line = 0; line < expected.Length; line++)
            (row.Expected[line], row.Taken[line]) = (values[expected[line]], double.NaN);
        return row;
    }
}
