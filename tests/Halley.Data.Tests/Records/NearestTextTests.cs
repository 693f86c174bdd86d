namespace Halley.Data.Tests;

public class NearestTextTests
{
    [Theory]
    [InlineData("DrivAgee", "DrivAge")]
    [InlineData("drivage", "DrivAge")]
    [InlineData("Drive Age", "DrivAge")]
    [InlineData("b", "B")]
    [InlineData("x", null)]
    [InlineData("Something else", null)]
    [InlineData("", null)]
    public void The_nearest_known_text_is_found_if_any_is_near(string text, string? nearest) =>
        Assert.Equal(nearest, NearestText.Of(text, ["VehAge", "DrivAge", "B"]));

    [Fact]
    public void Long_texts_are_not_compared() => Assert.Null(NearestText.Of(new string('a', 5000), [new string('a', 5001)]));
}
