namespace Halley.Boosting;

/// <summary>Where a fit writes down how far it has come, so that a later one goes on from there to the same bytes.</summary>
/// <param name="Folder">Made where it does not exist; one fit to a folder.</param>
/// <param name="EveryRounds">Rounds between two snapshots. Range from 1. Default 50.</param>
public sealed record SnapshotOptions(string Folder, int EveryRounds = 50);
