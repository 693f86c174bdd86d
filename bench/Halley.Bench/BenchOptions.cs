namespace Halley.Bench;

/// <param name="Quick">Fewer repetitions, never a smaller problem.</param>
sealed record BenchOptions(bool Quick)
{
    /// <summary>Repetitions of each of a pair, after one warm-up. At least 5 unless quick.</summary>
    public int Repetitions => Quick ? 2 : 5;
}
