namespace Halley.Data;

/// <summary>Work that is a part of greater work, told as a share of the whole.</summary>
public static class ProgressPart
{
    /// <summary>What is reported to the part appears in the whole between two shares.</summary>
    /// <param name="from">Share of the whole at the part's start, in [0, to].</param>
    /// <param name="to">Share of the whole at the part's end, at most 1.</param>
    public static IProgress<FitProgress>? Part(this IProgress<FitProgress>? whole, double from, double to) =>
        whole is null ? null : new Shifted(whole, from, to);

    sealed class Shifted(IProgress<FitProgress> whole, double from, double to) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) =>
            whole.Report(value with { Fraction = from + (to - from) * Math.Clamp(value.Fraction, 0, 1) });
    }
}
