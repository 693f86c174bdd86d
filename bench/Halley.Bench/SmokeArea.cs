namespace Halley.Bench;

/// <summary>Checks the harness itself in a moment: a pair of known lengths.</summary>
sealed class SmokeArea : IArea
{
    public string Name => "smoke";

    public IEnumerable<Figure> Measure(BenchOptions options)
    {
        var (one, two) = Paired.Seconds(() => Thread.Sleep(20), () => Thread.Sleep(40), options.Repetitions);
        yield return new(
            "smoke.sleep_seconds",
            one,
            "s",
            "sleeping twice as long",
            two,
            two / one,
            "20 ms against 40 ms; the ratio must be near 2"
        );
    }
}
