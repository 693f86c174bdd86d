namespace Halley.Data;

/// <summary>What to do with a value that is missing, or with a level that the schema does not list.</summary>
public enum ValueAction
{
    /// <summary>Refuse the row or the request, naming the field.</summary>
    Reject,

    /// <summary>Treat it as missing; the learner decides what missing means.</summary>
    Missing,

    /// <summary>Put the declared value in its place.</summary>
    Replace,
}

/// <summary>A declared rule for missing or unseen values.</summary>
/// <param name="Value">With <see cref="ValueAction.Replace"/>: the number, level or date to use, as text in the invariant culture.</param>
public sealed record ValueRule(ValueAction Action, string? Value = null)
{
    public static ValueRule Reject { get; } = new(ValueAction.Reject);

    public static ValueRule Missing { get; } = new(ValueAction.Missing);

    public static ValueRule Replace(string value) => new(ValueAction.Replace, value);
}
