using System.Globalization;
using Halley.Statistics;

namespace Halley.Registry;

/// <summary>Turns the figures of an experiment into a report that a manager can read.</summary>
static class ExperimentWords
{
    const double WeeksOfTenYears = 520;
    static readonly TimeSpan Week = TimeSpan.FromDays(7);
    static readonly TimeSpan Year = TimeSpan.FromDays(365.25);

    internal static ExperimentReport Report(
        Experiment experiment,
        ExperimentTally tally,
        DateTimeOffset asOf,
        List<string> notes,
        IReadOnlyList<EnvironmentChange> changes
    )
    {
        var difference = tally.Read();
        var found = difference.Estimate;
        var verdict = tally.VerdictOf(difference);
        var span =
            (asOf - experiment.Maturity < experiment.PlannedEnd ? asOf - experiment.Maturity : experiment.PlannedEnd)
            - experiment.At;
        var yearUnits = span >= Week ? YearUnits(experiment, tally, difference, span) : null;
        var weeks =
            verdict == Verdict.Undecided && tally.Split.IsSound && span > TimeSpan.Zero
                ? WeeksToVerdict(experiment, difference, span / Week)
                : null;
        var per = experiment.Grade == ValueGrade.ShadowPair ? "decision" : experiment.Value.Unit;
        AddNotes(notes, experiment, tally, asOf, changes);
        return new()
        {
            Experiment = experiment.Id,
            AsOf = asOf,
            Verdict = verdict,
            Sentence = Sentence(experiment, tally, difference, verdict, (per, weeks, yearUnits)),
            Value = found.Value,
            StandardError = found.StandardError,
            Lower = found.Lower,
            Upper = found.Upper,
            Currency = experiment.Value.Currency,
            Per = per,
            Units = difference.Units,
            AgainstUnits = difference.AgainstUnits,
            Decisions = difference.Decisions,
            SplitProbability = tally.Split.Probability,
            IsSplitSound = tally.Split.IsSound,
            YearValue = yearUnits * found.Value,
            YearLower = yearUnits * found.Lower,
            YearUpper = yearUnits * found.Upper,
            WeeksToVerdict = weeks,
            Simulated = tally.Simulated,
            Notes = notes,
        };
    }

    /// <summary>Units (decisions for a shadow pair) of a year, if all of them met one arm; null before anything is known.</summary>
    static double? YearUnits(Experiment experiment, ExperimentTally tally, ArmDifference difference, TimeSpan span)
    {
        if (double.IsNaN(difference.Estimate.Value))
            return null;
        var seen = experiment.Grade == ValueGrade.ShadowPair ? difference.Decisions : difference.Units + difference.AgainstUnits;
        return seen / tally.SharesTogether * (Year / span);
    }

    /// <summary>Weeks until the interval leaves zero out, or lies within what matters, if rate, spread and difference stay as they are.</summary>
    static double? WeeksToVerdict(Experiment experiment, ArmDifference difference, double weeksSoFar)
    {
        var found = difference.Estimate;
        if (double.IsNaN(found.Value))
            return null;
        for (var more = 1; more <= WeeksOfTenYears; more++)
        {
            var growth = (weeksSoFar + more) / weeksSoFar;
            var then = MeanSequence.Of(
                found.Value,
                found.StandardError / Math.Sqrt(growth),
                difference.Decisions * growth,
                experiment.PlannedDecisions,
                experiment.Level
            );
            if (Verdicts.Of(then, experiment.MinimumDifference) != Verdict.Undecided)
                return more;
        }
        return null;
    }

    static string Sentence(
        Experiment experiment,
        ExperimentTally tally,
        ArmDifference difference,
        Verdict verdict,
        (string Per, double? Weeks, double? YearUnits) words
    )
    {
        var found = difference.Estimate;
        var (release, against, currency) = (experiment.Release, experiment.Against, experiment.Value.Currency);
        if (!tally.Split.IsSound)
            return $"undecided: units do not come to {release} and {against} as their shares say, so no figure is to be believed before the cause is found.";
        if (double.IsNaN(found.Value))
            return string.Create(
                CultureInfo.InvariantCulture,
                $"undecided: too early; {difference.Units:N0} and {difference.AgainstUnits:N0} {words.Per}s can be valued, {experiment.FirstLook:N0} of each release are needed for a first look."
            );
        var basis = experiment.Grade == ValueGrade.ShadowPair ? ", by what each release's own models expect" : "";
        var level = (100 * experiment.Level).ToString("0.#", CultureInfo.InvariantCulture);
        var interval = $"{level} % at all times: {Money(found.Lower)} to {Money(found.Upper)}";
        var year = words.YearUnits is { } units
            ? $" At this traffic that is {Round(found.Value * units)} {currency} a year ({Round(found.Lower * units)} to {Round(found.Upper * units)}) if every {words.Per} met it."
            : "";
        var small = experiment.MinimumDifference is { } least && Math.Abs(found.Lower) < least && Math.Abs(found.Upper) < least;
        return verdict switch
        {
            Verdict.Better =>
                $"better: {release} earned {Money(found.Value)} {currency} a {words.Per} more than {against}{basis} ({interval}){(small ? ", less than was said to matter" : "")}.{year}",
            Verdict.Worse =>
                $"worse: {release} earned {Money(-found.Value)} {currency} a {words.Per} less than {against}{basis} ({interval}){(small ? ", less than was said to matter" : "")}.{year}",
            Verdict.NoDifference =>
                $"no difference larger than {Money(experiment.MinimumDifference!.Value)} {currency} a {words.Per} between {release} and {against}{basis} ({interval}).",
            _ =>
                $"undecided: {release} against {against} is {Money(found.Value)} {currency} a {words.Per} so far{basis} ({interval}); {Wait(words.Weeks)}.",
        };
    }

    static string Wait(double? weeks) =>
        weeks is { } number
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"about {number:0} more week{(number > 1 ? "s" : "")} to a verdict at this rate"
            )
            : "no verdict within ten years at this rate";

    static void AddNotes(
        List<string> notes,
        Experiment experiment,
        ExperimentTally tally,
        DateTimeOffset asOf,
        IReadOnlyList<EnvironmentChange> changes
    )
    {
        if (!tally.Split.IsSound)
            notes.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Of {tally.Split.Total:N0} units {tally.Split.Mine:N0} met {experiment.Release}, where {tally.Split.Expected:N0} were expected (p = {tally.Split.Probability:G2} at any time): requests of one release are lost, repeated or sent around the split."
                )
            );
        if (changes.Count > 0 && !ExperimentTally.SharesOf(experiment, changes).ContainsKey(changes[^1].Revision))
            notes.Add(
                $"{experiment.Release} and {experiment.Against} no longer stand as they did at the start: nothing later counts. End it with 'halley experiment stop {experiment.Id}'; a new split is a new experiment."
            );
        else if (asOf >= experiment.VerdictAt)
            notes.Add(
                $"The planned end has passed and every decision is old enough: take the verdict and end it with 'halley experiment stop {experiment.Id}'."
            );
        else if (asOf >= experiment.PlannedEnd)
            notes.Add(
                $"No decision is taken in any more; the last are old enough on {experiment.VerdictAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}."
            );
    }

    /// <summary>Cents; what is less than ten cents shows its first two digits.</summary>
    internal static string Money(double amount) =>
        amount.ToString(Math.Abs(amount) is > 0 and < 0.1 ? "G2" : "#,##0.00", CultureInfo.InvariantCulture);

    /// <summary>Two digits of a large amount: an extrapolation has no more.</summary>
    static string Round(double amount)
    {
        if (Math.Abs(amount) < 1)
            return Money(amount);
        var scale = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(amount))) - 1);
        return (Math.Round(amount / scale) * scale).ToString("#,##0", CultureInfo.InvariantCulture);
    }
}
