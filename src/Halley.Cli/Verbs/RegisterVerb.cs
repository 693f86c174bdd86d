using System.CommandLine;
using Halley.Data;
using Halley.Registry;

namespace Halley.Cli;

/// <summary><c>halley register list | set</c>: who answers for each model, and when it is looked at again.</summary>
sealed class RegisterVerb() : Verb("register", "Every model with its owner, purpose, tier, next review, and where it is live.")
{
    protected override IEnumerable<Verb> Children => [new List(), new Set()];

    sealed class List() : Verb("list", "The register; an overdue review ends with status 1.")
    {
        protected override async Task<int> RunAsync(CommandContext context)
        {
            await using var store = context.OpenProject().OpenStore();
            var lines = await store.Registry.RegisterAsync(context.Cancellation);
            context.Output.Write(
                lines,
                console =>
                {
                    var table = Tables.WithText("model", "owner", "tier", "next review", "purpose", "live");
                    foreach (var line in lines)
                        table.AddPlainRow(
                            line.Model,
                            line.Card?.Owner ?? "nobody",
                            line.Card?.Tier.ToString().ToLowerInvariant() ?? "–",
                            line.Card is { } card ? MonitorVerb.Day(card.NextReview) + (line.IsOverdue ? " overdue" : "") : "–",
                            line.Card?.Purpose ?? "–",
                            line.Live.Count == 0 ? "nowhere" : string.Join("; ", line.Live)
                        );
                    console.Write(table);
                }
            );
            return lines.Any(line => line.IsOverdue) ? ExitStatus.CheckFailed : ExitStatus.Passed;
        }
    }

    sealed class Set()
        : Verb("set", "Say who answers for a model, what it is for, how much hangs on it, and when it is reviewed.")
    {
        static readonly string[] Tiers = ["high", "medium", "low"];

        readonly Argument<string> model = new("model") { Description = "Name of the model, for example claim-count-glm." };
        readonly Option<string> owner = new("--owner") { Description = "The person or team.", Required = true };
        readonly Option<string> purpose = new("--purpose") { Description = "What it is for, in words.", Required = true };
        readonly Option<string> tier = new("--tier") { Description = "high, medium or low.", Required = true };
        readonly Option<string> review = new("--next-review") { Description = "Day, for example 2027-03-01.", Required = true };
        readonly Option<string> why = new("--why") { Description = "What the review found, or why it changed.", Required = true };
        readonly Option<string?> by = new("--by") { Description = "Who says so. Default: this machine's user." };

        protected override IEnumerable<Symbol> Symbols => [model, owner, purpose, tier, review, why, by];

        protected override async Task<int> RunAsync(CommandContext context)
        {
            var project = context.OpenProject();
            await using var store = project.OpenStore();
            var card = new ModelCard
            {
                Model = context.Get(model),
                Owner = context.Get(owner)!,
                Purpose = context.Get(purpose)!,
                Tier = Tier(context.Get(tier)!),
                NextReview = Dates.Day("--next-review", context.Get(review)!),
                By = CommandContext.ActorOf(context.Get(by)),
                At = project.Clock.GetUtcNow(),
                Why = context.Get(why)!,
            };
            await store.Registry.SetCardAsync(card, context.Cancellation);
            context.Output.Write(
                card,
                console =>
                    console.WriteLine($"{card.Owner} answers for {card.Model}; reviewed by {MonitorVerb.Day(card.NextReview)}")
            );
            return ExitStatus.Passed;
        }

        static ModelTier Tier(string text) =>
            Enum.TryParse<ModelTier>(text, ignoreCase: true, out var tier) && Tiers.Contains(text.ToLowerInvariant())
                ? tier
                : throw new HalleyException(
                    "HLY7144",
                    $"--tier {text} is no tier.{NearestText.Hint(text, Tiers)} There are {string.Join(", ", Tiers)}."
                );
    }
}
