using Halley.Decisions;
using Halley.Sources.Generation;

namespace Halley.Cli;

/// <summary>The sample project over a generated portfolio, whose truth is known.</summary>
sealed class GeneratedSource(DemoOptions options) : IDemoSource
{
    readonly PortfolioOptions portfolio = new() { Policies = options.Policies, Seed = options.Seed };
    LiveStream? stream;

    public StreamClock Clock => field ??= new(new(portfolio.End.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));

    LiveStream Stream => stream ??= new(portfolio);

    public void Fill(string folder, CommandContext context)
    {
        SampleProject.WriteTo(folder);
        context.Output.Say($"• generating {options.Policies:N0} policies with claims and quotes, and their known truth");
        context
            .WithProgress("generate", progress => Portfolio.Generate(portfolio, progress, context.Cancellation))
            .Write(Path.Combine(folder, "data"), cancellation: context.Cancellation);
    }

    public IReadOnlyList<LiveEvent> Staging(Project project, IReadOnlyList<DecisionDefinition> decisions) =>
        Events("staging-", 0, options.StagingEvents, options.StagingEvents);

    public IReadOnlyList<LiveEvent> Live(Project project, IReadOnlyList<DecisionDefinition> decisions) =>
        Events("", options.StagingEvents, options.Quotes, options.Claims);

    /// <summary>Quotes and claims in the order of their time.</summary>
    IReadOnlyList<LiveEvent> Events(string prefix, int first, int quotes, int claims) =>
        [
            .. Stream
                .Quotes(first, quotes)
                .Select(quote => (LiveEvent)new QuoteEvent(quote, prefix + "quote-"))
                .Concat(Stream.Claims(first, claims).Select(claim => new ClaimEvent(claim, prefix + "claim-")))
                .OrderBy(one => one.At),
        ];
}
