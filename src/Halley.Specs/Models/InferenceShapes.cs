using Halley.Glm;
using static Halley.Specs.Shapes;

namespace Halley.Specs;

/// <summary>What a fit says of its own uncertainty. Defaults are those of <see cref="GlmOptions"/>.</summary>
static class InferenceShapes
{
    /// <summary>Options with the keys that are given put in.</summary>
    public static Shape<Func<GlmOptions, GlmOptions>> Inference { get; } =
        new ObjectShape<Func<GlmOptions, GlmOptions>>(
            "inference options",
            [
                Optional(
                    "errors",
                    Choice(
                        ("model", ErrorKind.Model),
                        ("robust", ErrorKind.Robust),
                        ("robust_scaled", ErrorKind.RobustScaled),
                        ("jackknife", ErrorKind.RobustJackknife),
                        ("clustered", ErrorKind.Clustered)
                    ),
                    "What standard errors rest on: model (default), robust (HC0), robust_scaled (HC1), jackknife (HC3), clustered."
                ),
                Optional("cluster", Text, "Column that names clusters of rows, such as a policyholder: for clustered errors."),
                Optional(
                    "intervals",
                    Choice(("wald", false), ("profile", true)),
                    "wald: estimate ± quantile × error (default); profile: where the likelihood falls too low, some fits a coefficient."
                ),
                Optional(
                    "tests",
                    Choice(("wald", false), ("likelihood_ratio", true)),
                    "Tests of whole terms: wald (default); likelihood_ratio: a fit without each term besides."
                ),
                Optional("level", NumberWithin(0.5, 0.9999), "Level of the intervals. Default 0.95."),
                Optional(
                    "bias_reduction",
                    Flag,
                    "Whether estimates lose their first-order bias (Firth): finite where data are separated. Default false."
                ),
                Optional(
                    "max_iterations",
                    Whole(1, 10_000),
                    "Steps of the search at most, for a fit that says it did not converge. Default 100."
                ),
            ],
            values =>
                options =>
                    options with
                    {
                        Errors = values.Or("errors", values.Has("cluster") ? ErrorKind.Clustered : options.Errors),
                        Cluster = values.Text("cluster"),
                        ProfileIntervals = values.Or("intervals", options.ProfileIntervals),
                        LikelihoodRatioTests = values.Or("tests", options.LikelihoodRatioTests),
                        ConfidenceLevel = values.Or("level", options.ConfidenceLevel),
                        BiasReduction = values.Or("bias_reduction", options.BiasReduction),
                        MaxIterations = values.Or("max_iterations", options.MaxIterations),
                    }
        );
}
