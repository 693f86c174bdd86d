using Halley.Boosting;
using Halley.Data;
using Halley.Glm;
using Halley.Statistics;

namespace Halley.Models.Tests;

/// <summary>Specs over <see cref="Portfolio"/>.</summary>
static class Specs
{
    public static ModelSpec Glm { get; } =
        new()
        {
            Name = "claim-count-glm",
            Target = "claims",
            Exposure = "years",
            Family = Family.Poisson,
            Derived = [new("old", "age >= 60"), new("young", "if(age < 30, 30 - age, 0)")],
            Rules = [new("age", ValueRule.Replace("45"))],
            Learner = new GlmLearner { Terms = [new FactorTerm("brand"), new FactorTerm("old"), new NumericTerm("young")] },
            Split = new ColumnSplit { Column = "part" },
        };

    public static ModelSpec Boosting { get; } =
        new()
        {
            Name = "claim-count-boosting",
            Target = "claims",
            Exposure = "years",
            Family = Family.Poisson,
            Derived = [new("young", "if(age < 30, 30 - age, 0)")],
            Learner = new BoostingLearner
            {
                Features = ["age", "brand", "garage", "young"],
                Options = new BoostingOptions { Rounds = 12, MaximumLeaves = 6 },
            },
            Split = new ColumnSplit
            {
                Column = "part",
                ValidationShare = 0.2,
                Keys = ["id"],
            },
            Seed = 11,
        };
}
