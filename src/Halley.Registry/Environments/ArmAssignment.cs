namespace Halley.Registry;

/// <summary>Which release answers for a unit.</summary>
/// <param name="Role">Champion or challenger.</param>
/// <param name="Probability">Chance that a unit drawn at random gets this arm: logged, so that money can be compared between arms.</param>
/// <param name="Bucket">The unit's bucket, in [0, <see cref="LiveArms.BucketTotal"/>).</param>
public readonly record struct ArmAssignment(VersionId Release, ReleaseRole Role, double Probability, int Bucket);
