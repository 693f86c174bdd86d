namespace Halley.Registry;

/// <summary>What the verifier found out about the log.</summary>
/// <param name="Chains">By the writers' start.</param>
/// <param name="Strays">Records that belong to no known writer.</param>
public sealed record LogCheck(IReadOnlyList<ChainCheck> Chains, long Strays)
{
    /// <summary>Whether every chain is whole up to its kept head and beyond, and no record is outside a chain.</summary>
    public bool IsWhole => FirstBreak is null && Strays == 0;

    /// <summary>The first break of the first writer that has one, or null.</summary>
    public LogBreak? FirstBreak => Chains.Select(chain => chain.Break).FirstOrDefault(found => found is not null);

    /// <summary>Records proved by heads.</summary>
    public long Proven => Chains.Sum(chain => chain.Proven);

    /// <summary>Records after the kept heads.</summary>
    public long Beyond => Chains.Sum(chain => chain.Beyond);
}
