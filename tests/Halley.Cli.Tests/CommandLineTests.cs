namespace Halley.Cli.Tests;

public class CommandLineTests
{
    [Fact]
    public async Task A_mistyped_option_ends_with_2_and_says_so_in_json()
    {
        var run = await Command.RunAsync("fit", "--jsno", "--json");
        Assert.Equal(2, run.Status);
        Assert.Equal("HLY7006", run.Json().GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_missing_file_ends_with_2_names_it_and_shows_no_stack_trace()
    {
        var run = await Command.RunAsync("data", "check", "nowhere.csv");
        Assert.Equal(2, run.Status);
        Assert.Contains("nowhere.csv", run.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Messages, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Debug_shows_the_stack_trace()
    {
        var run = await Command.RunAsync("data", "check", "nowhere.csv", "--debug");
        Assert.Contains("   at ", run.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_verb_tells_what_it_does()
    {
        var run = await Command.RunAsync("--help");
        Assert.Equal(0, run.Status);
        foreach (
            var verb in new[] { "demo", "init", "fit", "compare", "report", "release", "promote", "serve", "value", "verify" }
        )
            Assert.Contains(verb, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_named()
    {
        var run = await Command.RunAsync("live", "--project", "/no/such/folder");
        Assert.Equal(2, run.Status);
        Assert.Contains("/no/such/folder", run.Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("See 'halley --help'", "nothing-like-it")]
    [InlineData("Did you mean 'promote'? See 'halley --help'", "promot")]
    [InlineData("Did you mean 'profile'? See 'halley data --help'", "data", "profil")]
    [InlineData("See 'halley data check --help'", "data", "check", "--wrong")]
    [InlineData("a comparison needs two models", "compare", "glm")]
    public async Task A_wrong_use_names_the_help_and_the_nearest_verb(string said, params string[] arguments)
    {
        var run = await Command.RunAsync(arguments);
        Assert.Equal(2, run.Status);
        Assert.Contains(said, run.Messages, StringComparison.Ordinal);
    }
}
