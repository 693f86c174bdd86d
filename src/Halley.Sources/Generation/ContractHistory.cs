using Halley.Kernels;

namespace Halley.Sources.Generation;

/// <summary>When a contract began and ended, and which policy years of it the portfolio sees. Days are day numbers.</summary>
/// <param name="Inception">First day of the contract, maybe before the portfolio.</param>
/// <param name="FirstYear">The first policy year seen, 0 for the contract's own first.</param>
/// <param name="LastYear">The last one in which it was in force, seen or not.</param>
/// <param name="CancelledAfter">Days of the last policy year after which it was cancelled; 0 where it ran its full length.</param>
readonly record struct ContractHistory(DateOnly Inception, int FirstYear, int LastYear, int CancelledAfter)
{
    const double ShareInForceAtStart = 0.55;
    const double Retention = 0.86;
    const double CancelledShare = 0.07;

    static readonly double logRetention = VectorMath.Log(Retention);

    /// <summary>Draws a history: in force as the portfolio begins, or new in it.</summary>
    public static ContractHistory Draw(ref DeterministicRandom random, PortfolioOptions options)
    {
        var (start, days) = (options.Start.DayNumber, options.End.DayNumber - options.Start.DayNumber);
        var isOld = random.NextDouble() < ShareInForceAtStart;
        var when = random.NextDouble();
        var before = 1 + (int)Math.Min(-VectorMath.Log(when) * 3.5 * 365, 15 * 365);
        var inception = DateOnly.FromDayNumber(isOld ? start - before : start + (int)(when * days));
        var firstYear = isOld ? WholeYears(inception, options.Start) : 0;
        var renewals = (int)Math.Min(VectorMath.Log(random.NextDouble()) / logRetention, 30);
        // A contract cancelled before the portfolio begins would not be in it.
        var cancelled = random.NextDouble() < CancelledShare && (renewals > 0 || !isOld);
        var after = 30 + (int)(300 * random.NextDouble());
        return new(inception, firstYear, firstYear + renewals, cancelled ? after : 0);
    }

    /// <summary>Policy years of which the portfolio sees at least a day.</summary>
    public int SeenYears(PortfolioOptions options) =>
        Math.Min(LastYear, WholeYears(Inception, options.End.AddDays(-1))) - FirstYear + 1;

    /// <summary>The part of a policy year that the portfolio sees: its first day and the day after its last; empty where they are equal.</summary>
    public (int From, int To) Period(int year, PortfolioOptions options)
    {
        var begin = Inception.AddYears(year).DayNumber;
        var end = year == LastYear && CancelledAfter > 0 ? begin + CancelledAfter : Inception.AddYears(year + 1).DayNumber;
        var from = Math.Max(begin, options.Start.DayNumber);
        return (from, Math.Max(from, Math.Min(end, options.End.DayNumber)));
    }

    /// <summary>Days of a policy year seen against its full length: the exposure in years.</summary>
    public double ExposureYears(int year, int from, int to) =>
        (double)(to - from) / (Inception.AddYears(year + 1).DayNumber - Inception.AddYears(year).DayNumber);

    static int WholeYears(DateOnly from, DateOnly to)
    {
        var years = to.Year - from.Year;
        return from.AddYears(years) > to ? years - 1 : years;
    }
}
