using System.CommandLine;
using Halley.Data;
using Halley.Models;

namespace Halley.Cli;

/// <summary><c>halley search interactions MODEL</c></summary>
sealed class SearchInteractionsVerb()
    : CandidateVerb("interactions", "Propose the pairs that a small boosted model finds beyond the GLM, ranked by held-out gain.")
{
    readonly Option<int> pairs = new("--pairs") { Description = "Pairs to judge. Default 10.", DefaultValueFactory = _ => 10 };

    protected override IEnumerable<Symbol> Symbols => [.. base.Symbols, pairs];

    protected override string Guide => "guide";

    protected override CandidateOptions With(CommandContext context, CandidateOptions options) =>
        options with
        {
            Pairs = context.Get(pairs),
        };

    protected override IReadOnlyList<TermCandidate> Search(
        ModelSpec spec,
        Table table,
        CandidateOptions options,
        IProgress<FitProgress> progress,
        CancellationToken cancellation
    ) => CandidateSearch.Interactions(spec, table, options, progress, cancellation);
}
