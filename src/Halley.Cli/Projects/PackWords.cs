using System.Globalization;
using Halley.Registry;

namespace Halley.Cli;

/// <summary>The committee's paper in words and numbers as people read them.</summary>
sealed class PackWords(LoadedRelease release, LoadedRelease? before, PromotionRequest request, IReadOnlyList<GateResult> results)
{
    public required PortfolioImpact? Impact { get; init; }

    public required IReadOnlyList<ReleaseChange> Changes { get; init; }

    public string Lede
    {
        get
        {
            var draft = request.Draft;
            var place = draft.Role switch
            {
                ReleaseRole.Challenger => string.Create(
                    CultureInfo.InvariantCulture,
                    $"as challenger with {draft.Share:P1} of the units"
                ),
                ReleaseRole.Shadow => "as shadow",
                _ => "as champion",
            };
            var scope =
                (draft.Transaction is { } only ? $", {TransactionNames.Of(only).Replace('_', ' ')} only" : "")
                + (draft.Effective is { } day ? $", effective from {day:yyyy-MM-dd}" : "");
            var instead = before is null ? "nothing answers there today" : $"in place of {before.Release.Id}";
            var note = release.Release.Note.Length > 0 ? $" Release note: {release.Release.Note}" : "";
            return $"Asked by {draft.By.Name} on {Time(request.At)}: {place}{scope}; {instead}. Reason: {draft.Why}.{note}";
        }
    }

    public string Verdict
    {
        get
        {
            var blocking = results.Where(result => result.Blocks).Select(result => result.Gate).ToList();
            var waived = results.Count(result => result.Waiver is not null);
            var tail = waived > 0 ? $" {waived} {(waived == 1 ? "failure is" : "failures are")} waived." : "";
            return blocking.Count == 0
                ? $"Nothing stands against it: {results.Count(result => result.Passed)} of {results.Count} gates pass.{tail}"
                : $"{blocking.Count} of {results.Count} gates stand against it: {string.Join(", ", blocking)}.{tail}";
        }
    }

    public IReadOnlyList<(string Name, string Value, string Words)> Headlines
    {
        get
        {
            var blocking = results.Count(result => result.Blocks);
            var lines = new List<(string, string, string)>
            {
                (
                    "gates",
                    $"{results.Count(result => result.Passed)} of {results.Count} pass",
                    blocking == 1 ? "1 stops it" : $"{blocking} stop it"
                ),
            };
            if (Impact?.Measures.FirstOrDefault(one => one.Name == "premium asked") is { } premium)
                lines.Add(
                    (
                        "premium asked",
                        premium.Before is { } old and not 0 ? Percent(premium.After / old - 1) : Number(premium.After),
                        premium.Before is null
                            ? "there was none before"
                            : $"{Number(premium.Before.Value)} to {Number(premium.After)}"
                    )
                );
            if (Impact is { Bands.Count: > 0 } moved)
            {
                var still = moved
                    .Bands.Where(band => band.Before > 0 && Math.Abs(band.After / band.Before - 1) <= 0.05)
                    .Sum(band => band.Policies);
                lines.Add(
                    (
                        "policies that move over 5 %",
                        Percent(1 - (double)still / moved.Policies, signed: false),
                        $"of {Number(moved.Policies)}"
                    )
                );
            }
            if (Impact?.Measures.FirstOrDefault(one => one.Name == "expected profit") is { } profit)
                lines.Add(
                    (
                        "expected profit",
                        profit.Before is { } was ? Signed(profit.After - was) : Number(profit.After),
                        $"{Signed(profit.Lower)} to {Signed(profit.Upper)}"
                    )
                );
            return lines;
        }
    }

    public IReadOnlyList<(string Part, string What)> ChangeLines =>
        before is null ? [("all", "It is the first release there.")]
        : Changes.Count == 0 ? [("nothing", "Both releases decide by the same parts.")]
        : [.. Changes.Select(change => (change.Part, change.What))];

    public IReadOnlyList<(string Band, string Policies, string Before, string After, double Share)> Bands =>
        [
            .. (Impact?.Bands ?? []).Select(band =>
                (
                    band.Band,
                    Number(band.Policies),
                    Number(band.Before),
                    Number(band.After),
                    (double)band.Policies / Impact!.Policies
                )
            ),
        ];

    public IReadOnlyList<IReadOnlyList<string>> Money =>
        [
            .. (Impact?.Measures ?? []).Select(measure =>
                (IReadOnlyList<string>)
                    [
                        measure.Name,
                        measure.Before is { } old ? Number(old) : "–",
                        Number(measure.After),
                        measure.Before is { } was
                            ? $"{Signed(measure.After - was)} ({Signed(measure.Lower)} to {Signed(measure.Upper)})"
                            : $"– ({Number(measure.Lower)} to {Number(measure.Upper)})",
                    ]
            ),
        ];

    public IReadOnlyList<IReadOnlyList<string>> ActualExpected =>
        [
            .. request
                .Report.Evidence.OfType<ActualExpectedEvidence>()
                .SelectMany(evidence => evidence.Segments)
                .Select(segment =>
                    (IReadOnlyList<string>)
                        [
                            segment.Field.Length == 0 ? "whole portfolio" : $"{segment.Field} = {segment.Level}",
                            Number(segment.Actual),
                            Number(segment.Expected),
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"{segment.Ratio:0.000} ({segment.Lower:0.000} to {segment.Upper:0.000})"
                            ),
                        ]
                ),
        ];

    public IReadOnlyList<IReadOnlyList<string>> Waivers =>
        [
            .. results
                .Select(result => result.Waiver)
                .OfType<GateWaiver>()
                .Select(waiver =>
                    (IReadOnlyList<string>)
                        [
                            waiver.Gate,
                            $"{waiver.By.Name} as {waiver.Role}",
                            waiver.Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                            waiver.Why,
                        ]
                ),
        ];

    public IReadOnlyList<string> OpenPoints(string? portfolio, bool wasShadow)
    {
        var points = results.Where(result => result.Blocks).Select(result => $"{result.Gate}: {result.Remedy}").ToList();
        points.AddRange(
            results
                .Where(result => !result.Passed && !result.Blocks && result.Waiver is null)
                .Select(result => $"{result.Gate} warns: {result.Sentence}")
        );
        points.AddRange(
            results
                .Select(result => result.Waiver)
                .OfType<GateWaiver>()
                .Select(waiver => $"The waiver of {waiver.Gate} ends on {waiver.Until:yyyy-MM-dd}.")
        );
        if (portfolio is null)
            points.Add("No portfolio was named, so that nothing is said of premiums and policies: name one with --portfolio.");
        else if (Impact is null)
            points.Add("The decision has no output named premium or price of kind money, so that nothing is said of premiums.");
        if (!wasShadow)
            points.Add("It was no shadow before it was asked for: how it answers real requests is not known.");
        return points;
    }

    public IReadOnlyList<string> Notes(string? portfolio)
    {
        var notes = new List<string>
        {
            $"Request {request.Id}; an approval is bound to {request.Subject.Short}, which covers release, gates, evidence and state.",
        };
        notes.AddRange(
            request
                .Report.Evidence.Where(evidence => evidence.Source.Length > 0)
                .Select(evidence => $"Gate {evidence.Gate}: {evidence.Source}.")
        );
        if (portfolio is not null)
            notes.Add(
                $"Premiums, volume and profit are those of portfolio '{portfolio}', as the releases' own models expect them. Their intervals tell how much rests on which policies there are (bootstrap), not how wrong a model may be: see actual over expected."
            );
        return notes;
    }

    public static IReadOnlyList<IReadOnlyList<string>> Segments(IReadOnlyList<DislocationSegment>? segments) =>
        [.. (segments ?? []).Select(one => (IReadOnlyList<string>)[one.Segment, Number(one.Policies), Percent(one.TotalChange)])];

    public static IReadOnlyList<IReadOnlyList<string>> Shadow((string Environment, ShadowComparison Comparison)? found)
    {
        if (found is not var (environment, shadow))
            return [];
        var lines = new List<IReadOnlyList<string>>
        {
            new[] { "where and against", $"{environment}; {string.Join(", ", shadow.Against)}" },
            new[] { "requests answered by both", Number(shadow.Pairs) },
            new[]
            {
                "answers that differ",
                shadow.Pairs == 0
                    ? "–"
                    : $"{Number(shadow.Differ)} ({Percent((double)shadow.Differ / shadow.Pairs, signed: false)})",
            },
            new[] { "requests that it could not answer", Number(shadow.Errors) },
            new[]
            {
                "median time of an answer",
                string.Create(CultureInfo.InvariantCulture, $"{shadow.MedianMilliseconds:0.###} ms"),
            },
        };
        if (shadow.Quantiles is [var q1, var q10, var q25, var q50, var q75, var q90, var q99])
        {
            lines.Add([
                "premium given and its own",
                $"{Number(shadow.Given)} and {Number(shadow.Shadow)} ({Percent(shadow.Shadow / shadow.Given - 1)})",
            ]);
            lines.Add([
                "mean difference a request (95 % interval)",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{shadow.MeanDifference.Value:0.00} ({shadow.MeanDifference.Lower:0.00} to {shadow.MeanDifference.Upper:0.00})"
                ),
            ]);
            lines.Add([
                "differences at 1, 10, 25, 50, 75, 90, 99 %",
                string.Join(", ", new[] { q1, q10, q25, q50, q75, q90, q99 }.Select(one => Percent(one))),
            ]);
        }
        return lines;
    }

    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";

    static string Percent(double share, bool signed = true) =>
        (100 * share).ToString(signed ? "+0.0;−0.0;0.0" : "0.0", CultureInfo.InvariantCulture) + " %";

    static string Number(double value) =>
        Math.Abs(value) >= 1000
            ? value.ToString("N0", CultureInfo.InvariantCulture)
            : value.ToString("G4", CultureInfo.InvariantCulture);

    static string Signed(double value) => (value < 0 ? "−" : "+") + Number(Math.Abs(value));
}
