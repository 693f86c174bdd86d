namespace Halley.Registry;

/// <summary>A model that must not answer: decisions that use it answer by their declared fallback.</summary>
/// <param name="Model">A model's name, or one version of it: <c>claim-count</c>, <c>claim-count@3</c>.</param>
public sealed record StoppedModel(string Model, Actor By, DateTimeOffset At, string Why)
{
    /// <summary>Whether it stops that version.</summary>
    public bool Stops(VersionId version) => Model == version.Name || Model == version.ToString();
}
