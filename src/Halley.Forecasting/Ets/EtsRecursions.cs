namespace Halley.Forecasting;

/// <summary>The recursion of a form, picked at run time.</summary>
abstract class EtsRecursions
{
    internal abstract void Forwards(ReadOnlySpan<double> y, EtsSmoothing by, EtsTrack track);

    internal abstract (EtsSmoothing Smoothing, double Level, double Slope) Backwards(
        ReadOnlySpan<double> y,
        EtsSmoothing by,
        EtsTrack track
    );

    internal static EtsRecursions Of(EtsForm form) =>
        form.Trend switch
        {
            EtsPart.None => Of<NonePart>(form.Season),
            EtsPart.Additive => Of<AdditivePart>(form.Season),
            _ => Of<MultiplicativePart>(form.Season),
        };

    static EtsRecursions Of<TTrend>(EtsPart season)
        where TTrend : struct, IPart =>
        season switch
        {
            EtsPart.None => new Recursions<TTrend, NonePart>(),
            EtsPart.Additive => new Recursions<TTrend, AdditivePart>(),
            _ => new Recursions<TTrend, MultiplicativePart>(),
        };

    sealed class Recursions<TTrend, TSeason> : EtsRecursions
        where TTrend : struct, IPart
        where TSeason : struct, IPart
    {
        internal override void Forwards(ReadOnlySpan<double> y, EtsSmoothing by, EtsTrack track) =>
            EtsRecursion<TTrend, TSeason>.Forwards(y, by, track);

        internal override (EtsSmoothing Smoothing, double Level, double Slope) Backwards(
            ReadOnlySpan<double> y,
            EtsSmoothing by,
            EtsTrack track
        ) => EtsRecursion<TTrend, TSeason>.Backwards(y, by, track);
    }
}
