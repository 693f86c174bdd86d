namespace Halley.Registry;

/// <summary>A record's bytes, ready to be chained.</summary>
public sealed record LogEntry
{
    public required RecordKind Kind { get; init; }

    public required LogScope Scope { get; init; }

    public required Guid Id { get; init; }

    /// <summary>The decision that a shadow's answer or an outcome is about; empty for a decision itself.</summary>
    public Guid Subject { get; init; }

    /// <summary>JSON that stays as long as the log.</summary>
    public required byte[] Body { get; init; }

    /// <summary>JSON that may be erased; null where there is none or it was.</summary>
    public byte[]? Personal { get; init; }

    /// <summary>32 random bytes that keep an erased personal part from being guessed; null where there is none.</summary>
    public byte[]? Salt { get; init; }

    /// <summary>SHA-256 of salt and personal part, which the chain covers in their place; null where there is none.</summary>
    public byte[]? Commitment { get; init; }

    /// <summary>Null where any number of such records may be appended.</summary>
    public Claim? Claim { get; init; }
}
