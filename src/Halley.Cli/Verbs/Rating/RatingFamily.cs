using Halley.Data;
using Halley.Statistics;

namespace Halley.Cli;

/// <summary>The family that an option names.</summary>
static class RatingFamily
{
    /// <exception cref="HalleyException">HLY7063: there is no such family.</exception>
    public static Family Of(string name) =>
        Family.TryParse(name, out var family)
            ? family
            : throw new HalleyException("HLY7063", $"--family {name}: there are {Family.Names}.");
}
