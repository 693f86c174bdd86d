using Google.OrTools.Sat;

namespace Halley.Optimization;

/// <summary>How much the integer solver may work.</summary>
/// <param name="Seconds">Time on the clock.</param>
/// <param name="Work">Deterministic seconds, the same on every machine; null where the clock alone counts.</param>
/// <param name="Threads">Workers; with more than one, equally good plans may differ from run to run.</param>
readonly record struct SolverEffort(double Seconds, double? Work, int Threads)
{
    internal CpSolver NewSolver()
    {
        var work = Work is { } limit ? FormattableString.Invariant($" max_deterministic_time:{limit}") : "";
        return new()
        {
            StringParameters =
                FormattableString.Invariant(
                    $"max_time_in_seconds:{Math.Max(0.01, Seconds)} num_workers:{Threads} random_seed:1 linearization_level:2"
                ) + work,
        };
    }
}
