using Halley.Boosting;
using Halley.Glm;

namespace Halley.Models;

/// <summary>The scorer formats that artefacts hold.</summary>
static class ScorerFormats
{
    static readonly IScorerFormat[] Known = [new GlmScorerFormat(), new TreeEnsembleFormat(), new GeneralTreesFormat()];

    /// <summary>The format that writes a scorer.</summary>
    public static IScorerFormat For(IScorer scorer) =>
        Array.Find(Known, format => format.CanWrite(scorer))
        ?? throw new InvalidOperationException($"no format writes a {scorer.GetType().Name}.");

    /// <exception cref="HalleyException">HLY3108: no format has that name.</exception>
    public static IScorerFormat Named(string name) =>
        Array.Find(Known, format => format.Name == name)
        ?? throw ArtefactErrors.UnknownScorer(name, Known.Select(format => format.Name));
}
