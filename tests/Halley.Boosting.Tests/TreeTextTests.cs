namespace Halley.Boosting.Tests;

public sealed class TreeTextTests
{
    [Fact]
    public void A_tree_is_told_line_by_line()
    {
        double[] y = [.. Enumerable.Range(0, 40).Select(row => row < 10 ? 5.0 : 1)];
        var options = new BoostingOptions
        {
            Objective = BoostingObjective.SquaredError,
            Rounds = 1,
            LearningRate = 1,
            MaximumLeaves = 2,
            MinimumLeafRows = 2,
            MinimumLeafHessian = 0,
            L2 = 0,
            QuantisedGradients = false,
            RestoreBalance = false,
        };
        var fit = new BoostingTrainer(options).Fit(Books.OneNumber([.. Enumerable.Range(0, 40).Select(row => (double)row)], y));

        var text = TreeText.Of(fit.Trees, 0, 10);

        // Gradients are rounded to units, so that values keep some fourteen digits.
        Assert.Matches(
            "^base score 2\n"
                + "tree 0\n"
                + "  x <= 9.5\\? \\(gain 120, rows 40, cover 40\\)\n"
                + "    yes: adds (3|2\\.999999999999\\d*|3\\.000000000000\\d*) \\(rows 10, cover 10\\)\n"
                + "    no: adds -(1|0\\.999999999999\\d*|1\\.000000000000\\d*) \\(rows 30, cover 30\\)\n$",
            text
        );
        Assert.Equal("base score 2\n", TreeText.Of(fit.Trees, 1, 5));
    }

    [Fact]
    public void Levels_and_missing_values_are_named()
    {
        var fit = new BoostingTrainer(new() { Rounds = 3 }).Fit(Books.Set(Books.Motor(3000)));

        var text = TreeText.Of(fit.Trees, 0, 3);

        Assert.Contains("region in {", text, StringComparison.Ordinal);
        Assert.Contains(" or missing? (gain ", text, StringComparison.Ordinal);
        Assert.Equal(fit.Trees.NodeCount + 4, text.Count(letter => letter == '\n'));
    }

    [Fact]
    public void Importance_of_an_ensemble_is_that_of_its_fit()
    {
        var fit = new BoostingTrainer(new() { Rounds = 5 }).Fit(Books.Set(Books.Motor(3000)));

        Assert.Equal(fit.Importance, fit.Trees.Importance());
    }
}
