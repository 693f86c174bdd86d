namespace Halley.Data;

/// <summary>Whose fault a <see cref="HalleyException"/> is; a command's exit status follows from it.</summary>
public enum FaultKind
{
    /// <summary>Bad data, model or configuration, or wrong use: exit status 2.</summary>
    BadInput,

    /// <summary>A check or a gate did not pass: exit status 1.</summary>
    CheckFailed,

    /// <summary>The disk, the network or a database: exit status 3.</summary>
    Environment,
}

/// <summary>Bad data, a bad model or a bad configuration, with a stable code.</summary>
/// <remarks>
/// The message alone is enough to act on: it starts with the code and names the place, the value and the remedy.
/// Codes: HLY1xxx data, expressions and sources; 2xxx learners; 3xxx models, specs and reports; 4xxx decisions;
/// 5xxx registry; 6xxx server; 7xxx command line.
/// </remarks>
public sealed class HalleyException : Exception
{
    public HalleyException(string code, string message, FaultKind kind = FaultKind.BadInput, Exception? inner = null)
        : base($"{code}: {message}", inner)
    {
        Code = code;
        Kind = kind;
    }

    /// <summary>Stable code, for example <c>HLY1003</c>.</summary>
    public string Code { get; }

    public FaultKind Kind { get; }
}
