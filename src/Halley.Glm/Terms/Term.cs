namespace Halley.Glm;

/// <summary>One term of the linear predictor. The order of terms matters for aliasing only: what an earlier term explains, a later one loses.</summary>
public abstract record Term
{
    private protected Term() { }

    /// <summary>Name in coefficient lists, rating tables and messages; null for the usual one, for example <c>log(Density)</c>.</summary>
    public string? Label { get; init; }

    /// <summary><see cref="Label"/>, or the usual name. Two terms of a model never share one.</summary>
    public string Name => Label ?? UsualName;

    private protected abstract string UsualName { get; }

    /// <summary>Terms that it is made of: itself, or the parts of an interaction.</summary>
    internal virtual IReadOnlyList<Term> Parts => [this];

    /// <summary>Whether a penalty that REML chooses, or that is given, holds its columns.</summary>
    internal bool IsPenalised => Parts.Any(part => part is SmoothTerm or PenalisedLevelTerm);

    /// <summary>What is wrong with the term itself, one sentence each.</summary>
    internal abstract IEnumerable<string> Problems();
}
