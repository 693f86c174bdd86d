using Halley.Data;

namespace Halley.Boosting.Tests;

public sealed class BoostingOptionsTests
{
    [Fact]
    public void Defaults_are_valid() => Assert.Empty(new BoostingOptions().Validate());

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var options = new BoostingOptions
        {
            TweediePower = 2,
            Rounds = 0,
            Patience = 0,
            LearningRate = double.NaN,
            MaximumLeaves = 1,
            MaximumDepth = 513,
            MinimumLeafRows = 0,
            MinimumLeafHessian = -1,
            MinimumGain = double.PositiveInfinity,
            L2 = -0.5,
            MaximumStep = -1,
            RowShare = 0,
            ColumnShare = 1.5,
            MaximumBins = 1,
            OneHotLevels = -1,
            CategorySmoothing = -1,
            CategoryL2 = -1,
            Monotone = new Dictionary<string, int> { ["age"] = 2 },
        };

        var problems = options.Validate();

        Assert.Equal(18, problems.Count);
        Assert.Contains("LearningRate is NaN; it must be above 0 and at most 1.", problems);
        Assert.Contains("Monotone of 'age' is 2; it must be 1 (rising), -1 (falling) or 0 (free).", problems);
    }

    [Fact]
    public void Bad_options_stop_the_fit_before_any_work()
    {
        var trainer = new BoostingTrainer(new() { Rounds = 0, L2 = -1 });

        var error = Assert.Throws<HalleyException>(() => trainer.Fit(Books.Set(Books.Motor(10))));

        Assert.Equal(
            "HLY2200: boosting options: Rounds is 0; it must be from 1 to 100000. L2 is -1; it must be a finite number, at least 0.",
            error.Message
        );
    }
}
