namespace Halley.Registry.Tests;

public sealed class ModelVersionTests
{
    [Fact]
    public async Task The_same_bytes_under_one_name_are_one_version()
    {
        await using var desk = new Desk();
        var (first, added) = await desk.Registry.RegisterModelAsync("claim-count", Desk.Bytes("one"), Desk.Alice);
        var (again, addedAgain) = await desk.Registry.RegisterModelAsync("claim-count", Desk.Bytes("one"), Desk.Bob);
        Assert.True(added);
        Assert.False(addedAgain);
        Assert.Equal("claim-count@1", again.Id.ToString());
        Assert.Equal(first, again);
    }

    [Fact]
    public async Task An_alias_means_the_version_it_was_put_on_last()
    {
        await using var desk = new Desk();
        await desk.Registry.RegisterModelAsync("claim-count", Desk.Bytes("one"), Desk.Alice);
        await desk.Registry.RegisterModelAsync("claim-count", Desk.Bytes("two"), Desk.Alice);
        await desk.Registry.SetAliasAsync(new("claim-count", 2), "best", Desk.Alice, "lower deviance");
        await desk.Registry.SetAliasAsync(new("claim-count", 1), "best", Desk.Alice, "two was fitted on the wrong years");
        Assert.Equal(1, (await desk.Registry.ResolveAsync("claim-count@best")).Id.Version);
        Assert.Equal(2, (await desk.Registry.ResolveAsync("claim-count@2")).Id.Version);
        Assert.Equal(2, (await desk.Registry.AliasesAsync("claim-count")).Count);
    }

    [Theory]
    [InlineData(
        "claim-count",
        "HLY5112: 'claim-count' names no model version. Write name@number or name@alias, for example claim-count@3."
    )]
    [InlineData("claim-count@9", "HLY5110: there is no model 'claim-count@9': registered are claim-count@1.")]
    [InlineData(
        "fraud@1",
        "HLY5110: there is no model 'fraud@1': no version of it is registered. Fit or import the model first."
    )]
    [InlineData(
        "claim-count@last",
        "HLY5111: model 'claim-count' has no alias 'last': it has best. Set the alias, or name a version such as claim-count@1."
    )]
    public async Task A_reference_that_means_nothing_says_what_there_is(string reference, string message)
    {
        await using var desk = new Desk();
        await desk.Registry.RegisterModelAsync("claim-count", Desk.Bytes("one"), Desk.Alice);
        await desk.Registry.SetAliasAsync(new("claim-count", 1), "best", Desk.Alice, "only one");
        Assert.Equal(message, (await Faults.OfAsync(() => desk.Registry.ResolveAsync(reference))).Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../etc")]
    [InlineData("a@b")]
    [InlineData("-a")]
    [InlineData("a b")]
    public async Task A_name_that_could_harm_a_path_or_a_command_is_refused(string name)
    {
        await using var desk = new Desk();
        var fault = await Faults.OfAsync(() => desk.Registry.RegisterModelAsync(name, Desk.Bytes("one"), Desk.Alice));
        Assert.Equal(
            $"HLY5108: '{name}' cannot name a model: use 1 to 100 letters, digits, '-', '_' or '.', starting with a letter or a digit.",
            fault.Message
        );
    }

    [Fact]
    public async Task An_alias_of_digits_is_refused_because_it_would_look_like_a_version()
    {
        await using var desk = new Desk();
        await desk.Registry.RegisterModelAsync("claim-count", Desk.Bytes("one"), Desk.Alice);
        var fault = await Faults.OfAsync(() => desk.Registry.SetAliasAsync(new("claim-count", 1), "2", Desk.Alice, "why"));
        Assert.Equal("HLY5108: '2' cannot name an alias: a number means a version. Use a word.", fault.Message);
    }
}
