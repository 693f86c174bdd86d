namespace Halley.Registry;

/// <summary>What a release is made of.</summary>
public sealed record ReleaseDraft
{
    /// <summary>Name of the decision.</summary>
    public required string Decision { get; init; }

    /// <summary>Canonical JSON of the decision's definition; opaque here.</summary>
    public required ReadOnlyMemory<byte> Definition { get; init; }

    /// <summary>Every model that the definition names, as it names it: <c>name@3</c> or <c>name@alias</c>.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Every table or other file that the definition names, with its bytes.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Tables { get; init; } =
        new Dictionary<string, ReadOnlyMemory<byte>>();

    public required Actor By { get; init; }

    /// <summary>Release notes.</summary>
    public string Note { get; init; } = "";
}
