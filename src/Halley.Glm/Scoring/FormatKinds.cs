namespace Halley.Glm;

/// <summary>Level coders in a file; numbers never change.</summary>
enum CoderKind : byte
{
    Category = 1,
    Value = 2,
    Band = 3,
}

/// <summary>Number bases in a file; numbers never change.</summary>
enum BasisKind : byte
{
    Identity = 1,
    Log = 2,
    Powers = 3,
    Orthogonal = 4,
    Spline = 5,
}
