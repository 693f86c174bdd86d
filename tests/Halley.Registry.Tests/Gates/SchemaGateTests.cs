using Halley.Data;
using Halley.Decisions;

namespace Halley.Registry.Tests;

public sealed class SchemaGateTests
{
    static readonly GateSet Gates = new() { Environment = "production", Gates = [new SchemaGate { Name = "schema" }] };

    [Fact]
    public async Task A_release_that_breaks_callers_is_stopped_with_every_change_named_unless_their_schema_is_kept()
    {
        await using var desk = new Desk();
        await desk.Registry.SetGatesAsync(Gates, Desk.Alice, "first");
        var provider = new SchemaEvidenceProvider(desk.Registry);
        var one = await ReleaseAsync(desk, PricedRelease.Definition("age"));
        await desk.PromoteAsync(one, providers: provider);
        var two = await ReleaseAsync(
            desk,
            PricedRelease.Definition("age + 1", new Field { Name = "fuel", Kind = FieldKind.Text })
        );

        var fault = await Faults.OfAsync(() => desk.PromoteAsync(two, providers: provider));
        Assert.Contains(
            "- schema: 1 change breaks present callers: input 'fuel' was added and must be sent. What would help: Give new inputs a rule for missing values and keep what callers read; or promote with --keep-schema",
            fault.Message,
            StringComparison.Ordinal
        );
        await Faults.OfAsync(() => desk.PromoteAsync(two, ReleaseRole.Challenger, 0.1, providers: provider));

        var change = await desk.Registry.PromoteAsync(Desk.Draft(two) with { KeepSchema = true }, new(provider));
        Assert.Equal((two, one), (change.Arms.Champion, Assert.Single(change.Arms.Served)));
    }

    [Fact]
    public async Task What_no_caller_notices_passes()
    {
        await using var desk = new Desk();
        await desk.Registry.SetGatesAsync(Gates, Desk.Alice, "first");
        var provider = new SchemaEvidenceProvider(desk.Registry);
        await desk.PromoteAsync(await ReleaseAsync(desk, PricedRelease.Definition("age")), providers: provider);
        await desk.PromoteAsync(await ReleaseAsync(desk, PricedRelease.Definition("age * 2")), providers: provider);
    }

    static async Task<VersionId> ReleaseAsync(Desk desk, DecisionDefinition definition)
    {
        var (release, _) = await desk.Registry.ReleaseAsync(
            new()
            {
                Decision = definition.Name,
                Definition = DecisionJson.ToBytes(definition),
                By = Desk.Alice,
            }
        );
        return release.Id;
    }
}
