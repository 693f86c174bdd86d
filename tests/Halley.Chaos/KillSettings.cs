using System.Globalization;

namespace Halley.Chaos;

/// <summary>How often the tests kill: a few times in every run, or as often as the environment says.</summary>
static class KillSettings
{
    /// <summary>Kills of each kind of work: HALLEY_CHAOS_KILLS, or 8.</summary>
    internal static int Kills { get; } = Number("HALLEY_CHAOS_KILLS", 8);

    /// <summary>Kills of a server under load: a third as many, each with a start of its own.</summary>
    internal static int ServerKills => (Kills + 2) / 3;

    /// <summary>Seed of the moments: HALLEY_CHAOS_SEED, or 1. The moments are not exact: the scheduler has a part in them.</summary>
    internal static int Seed { get; } = Number("HALLEY_CHAOS_SEED", 1);

    /// <summary>Waits until the victim has said a random number of lines and some milliseconds more; now and then not even until it is ready.</summary>
    /// <remarks>Lines and not seconds: a busy machine must not turn every kill into one before the first work.</remarks>
    internal static async Task WaitAsync(Random random, VictimProcess victim, int mostLines)
    {
        if (random.Next(8) > 0)
            await victim.SaidAsync(1 + random.Next(mostLines));
        await Task.Delay(random.Next(50));
    }

    static int Number(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : otherwise;
}
