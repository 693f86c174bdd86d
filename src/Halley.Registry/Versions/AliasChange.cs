namespace Halley.Registry;

/// <summary>An alias put on a version of a model. The newest change of an alias says where it stands; none is ever removed.</summary>
/// <param name="Alias">For example <c>champion</c> in <c>claim-count@champion</c>.</param>
public sealed record AliasChange(string Alias, VersionId Version, Actor By, DateTimeOffset At, string Why);
