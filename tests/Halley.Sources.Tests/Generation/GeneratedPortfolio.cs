using Halley.Sources.Generation;

namespace Halley.Sources.Tests.Generation;

/// <summary>One portfolio that many tests look at.</summary>
public sealed class GeneratedPortfolio
{
    public PortfolioOptions Options { get; } = new() { Policies = 120_000, Seed = 42 };

    public GeneratedPortfolio()
    {
        Portfolio = Portfolio.Generate(Options);
        Truth = new(Options);
    }

    public Portfolio Portfolio { get; }

    public PortfolioTruth Truth { get; }
}
