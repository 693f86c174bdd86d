using System.Text.Json.Serialization;

namespace Halley.Registry;

/// <summary>What the monitor says of a release on a day.</summary>
/// <param name="From">The first decision; null where there is none.</param>
/// <param name="ReferenceTo">End of the reference time; null while it runs.</param>
/// <param name="Sentence">The verdict in words.</param>
/// <param name="Reasons">Why, each a sentence.</param>
/// <param name="Slices">The whole first, then each segment's levels.</param>
/// <param name="Notes">What could not be judged, and why.</param>
/// <param name="Simulated">Whether any record behind it rests on generated data.</param>
public sealed record MonitorReport(
    string Environment,
    string Decision,
    VersionId Release,
    DateTimeOffset? From,
    DateTimeOffset? ReferenceTo,
    DateTimeOffset AsOf,
    long Decisions,
    double Exposure,
    MonitorVerdict Verdict,
    string Sentence,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<MonitorAlarm> Alarms,
    IReadOnlyList<MonitorSlice> Slices,
    IReadOnlyList<string> Notes,
    bool Simulated
);

/// <summary>What to do with the models of a release.</summary>
public enum MonitorVerdict
{
    /// <summary>Nothing says that the models are wrong.</summary>
    [JsonStringEnumMemberName("leave")]
    Leave,

    /// <summary>The level is off and the order is right: one factor mends it.</summary>
    [JsonStringEnumMemberName("recalibrate")]
    Recalibrate,

    /// <summary>The models tell risks apart wrongly, or meet what they never learned.</summary>
    [JsonStringEnumMemberName("refit")]
    Refit,
}

/// <summary>What an alarm is about.</summary>
public enum MonitorAlarmKind
{
    [JsonStringEnumMemberName("drift")]
    Drift,

    [JsonStringEnumMemberName("missing")]
    Missing,

    [JsonStringEnumMemberName("unseen")]
    Unseen,

    [JsonStringEnumMemberName("latency")]
    Latency,

    [JsonStringEnumMemberName("claims")]
    Claims,

    [JsonStringEnumMemberName("calibration")]
    Calibration,

    [JsonStringEnumMemberName("price")]
    Price,

    [JsonStringEnumMemberName("review")]
    Review,
}

/// <summary>A limit that is surely broken.</summary>
/// <param name="Key">The same for the same alarm at every look, so that it is sent once.</param>
/// <param name="Slice">The whole, or a segment's level.</param>
/// <param name="Subject">Field, line or price.</param>
/// <param name="Sentence">In words and numbers, with no person in it.</param>
public sealed record MonitorAlarm(string Key, MonitorAlarmKind Kind, string Slice, string Subject, string Sentence);

/// <summary>Everything of the whole book or of one level of a segment.</summary>
public sealed record MonitorSlice(
    string Name,
    long Decisions,
    double Exposure,
    IReadOnlyList<MonitorDrift> Drift,
    IReadOnlyList<MonitorShare> Missing,
    double UnseenShare,
    double SlowShare,
    IReadOnlyList<MonitorRatio> Lines,
    IReadOnlyList<MonitorRatio> Prices,
    IReadOnlyList<MonitorCalibration> Calibration
);

/// <summary>Drift of an input or a score since the reference time.</summary>
/// <param name="Index">Exposure-weighted population stability index.</param>
/// <param name="RecentIndex">That of the running month; null where there is too little of it.</param>
/// <param name="Group">The group that moved most.</param>
/// <param name="Probability">Largest chance of such evidence where nothing moved, at any number of looks.</param>
public sealed record MonitorDrift(
    string Field,
    bool IsScore,
    double Index,
    double? RecentIndex,
    string Group,
    double Before,
    double After,
    double Probability
);

/// <summary>Share of missing values, of the exposure.</summary>
public sealed record MonitorShare(string Field, double Before, double After);

/// <summary>Actual against expected by now, or charged against technical price.</summary>
/// <param name="Lower">Lower end of the 95 % interval that holds at all looks together; null where there is too little to tell.</param>
/// <param name="Reference">What the ratio is held against.</param>
/// <param name="Claims">Units with an actual amount.</param>
public sealed record MonitorRatio(
    string Name,
    double Actual,
    double Expected,
    double Ratio,
    double? Lower,
    double? Upper,
    double Reference,
    int Claims
);

/// <summary>Actual against expected in five bands of the expected amount.</summary>
/// <param name="Slope">How much faster (above 0) or slower claims rise than expected: 0 where the order of risks is right.</param>
/// <param name="Lower">Lower end of the slope's 95 % interval at all looks.</param>
/// <param name="Bands">From the smallest expected amount to the largest.</param>
public sealed record MonitorCalibration(string Line, double Slope, double Lower, double Upper, IReadOnlyList<MonitorRatio> Bands);
