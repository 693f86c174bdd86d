using Halley.Registry;

namespace Halley.Cli;

/// <summary>Asks for a promotion, with the agreement that a pipeline's protected step has already had.</summary>
static class Promoting
{
    /// <summary>Whether the release has a place in the environment: champion, challenger or shadow.</summary>
    public static async Task<bool> IsThereAsync(
        LocalStore store,
        string environment,
        VersionId release,
        CancellationToken cancellation
    )
    {
        var arms = await ArmsAsync(store, environment, release.Name, cancellation);
        return arms.Champion == release
            || arms.Shadows.Contains(release)
            || arms.Challengers.Any(challenger => challenger.Release == release);
    }

    public static async Task<LiveArms> ArmsAsync(
        LocalStore store,
        string environment,
        string decision,
        CancellationToken cancellation
    ) =>
        (await store.Registry.LiveAsync(environment, cancellation)).FirstOrDefault(one => one.Decision == decision)?.Arms
        ?? new();

    /// <summary>Sets the gates of gates.yaml, judges the release by them, and notes the approval where one was given.</summary>
    /// <param name="by">Who agreed already, null for nobody; and the table or file that the gates look at.</param>
    public static async Task<PromotionRequest> RequestAsync(
        Project project,
        LocalStore store,
        PromotionDraft draft,
        (string? Approver, string? Portfolio) by,
        CommandContext context
    )
    {
        await Gating.SetGatesAsync(project, store, draft.Environment, draft.By, context.Cancellation);
        var request = await context.WithProgressAsync(
            "gates",
            progress =>
                store.Registry.RequestAsync(draft, Gating.Evaluator(project, store, by.Portfolio, progress), context.Cancellation)
        );
        if (by.Approver is { } name)
            await store.Registry.ApproveAsync(request.Id, CommandContext.ActorOf(name), draft.Why, context.Cancellation);
        return request;
    }

    /// <summary>Completes a request where nothing blocks it.</summary>
    /// <returns>What the gates found, and the change; null where a gate stopped it.</returns>
    public static async Task<(IReadOnlyList<GateResult> Results, EnvironmentChange? Change)> CompleteAsync(
        LocalStore store,
        PromotionRequest request,
        CancellationToken cancellation
    )
    {
        var results = await store.Registry.ResultsAsync(request, cancellation);
        return results.Any(result => result.Blocks)
            ? (results, null)
            : (results, await store.Registry.CompleteAsync(request.Id, cancellation));
    }
}
