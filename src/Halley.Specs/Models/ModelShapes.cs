using Halley.Boosting;
using Halley.Data;
using Halley.Glm;
using Halley.Models;
using Halley.Statistics;
using static Halley.Specs.Shapes;

namespace Halley.Specs;

/// <summary>The whole of a model file.</summary>
static class ModelShapes
{
    static readonly Shape<Family> FamilyShape = Text.Then<Family>(
        (name, node, problems) =>
        {
            if (Family.TryParse(name, out var family))
                return family;
            problems.Add(node, $"'{name}' is not a family. There are {Family.Names}.");
            return null;
        }
    );

    static readonly Shape<Link?> LinkShape = Text.Then<Link?>(
        (name, node, problems) =>
        {
            if (Link.TryParse(name, out var link))
                return link;
            problems.Add(node, $"'{name}' is not a link. There are {Link.Names}.");
            return null;
        }
    );

    static readonly Shape<(string? Column, string? Model)> OffsetShape = new EitherShape<(string? Column, string? Model)>(
        "a column, or {model: name}",
        (IsScalar, Text.Then(column => ((string?)column, (string?)null))),
        (
            HasKey("model"),
            new ObjectShape<(string? Column, string? Model)>(
                "an offset",
                [Required("model", Text, "Name of a fitted model of the project.")],
                values => (null, values.Get<string>("model"))
            )
        )
    );

    static readonly Shape<TargetCap> Cap = new ObjectShape<TargetCap>(
        "a cap",
        [
            Required("at", NumberWithin(0), "Largest value kept, in the target's unit."),
            Optional(
                "excess",
                Choice(("spread", CapExcess.Spread), ("drop", CapExcess.Drop)),
                "spread: every row is multiplied by one factor so that the total is kept (default); drop: the excess is left out."
            ),
        ],
        values => new(values.Get<double>("at"), values.Or("excess", CapExcess.Spread))
    );

    static readonly Shape<(ValueRule? Missing, ValueRule? Unseen)> Rules = new ObjectShape<(ValueRule?, ValueRule?)>(
        "rules of a feature",
        [
            Optional("missing", TermShapes.Rule, "For missing values: reject, missing, or the value to use instead."),
            Optional("unseen", TermShapes.Rule, "For levels that were not there at the fit: reject, missing, or a level."),
        ],
        values => (values.Or<ValueRule?>("missing", null), values.Or<ValueRule?>("unseen", null))
    );

    static readonly Key[] Keys =
    [
        Required("model", Text, "Name: lower-case letters, digits and hyphens."),
        Required("data", Text, "Name of a table in data.yaml, or path of a data file."),
        Required("learner", Choice(("glm", "glm"), ("boosting", "boosting")), "glm (with terms) or boosting (with features)."),
        Required("target", Text, "Column or derived feature to predict."),
        Optional(
            "family",
            FamilyShape,
            $"Distribution of the target: {Family.Names}. Needed but for objective multiclass, which has none."
        ),
        Optional("link", LinkShape, "Link function; the family's usual one where not given."),
        Optional("exposure", Text, "Column of years at risk."),
        Optional(
            "exposure_use",
            Choice(("offset", ExposureUse.Offset), ("rate", ExposureUse.Rate)),
            "offset: the target is a total, log exposure is an offset (default). rate: the target is divided by the exposure, which multiplies the weight."
        ),
        Optional("weight", Text, "Column or derived feature of case weights."),
        Optional(
            "offset",
            OffsetShape,
            "Column or derived feature added to the score, on the link scale; or {model: name}: a model whose score is added, such as the tariff in force."
        ),
        Optional("cap", Cap, "Cuts off large targets."),
        Optional("where", Text, "Rows that take part: an expression that is true for them."),
        Optional("derive", MapOf(Text), "Features computed by expressions, in order: name: expression."),
        Optional("rules", MapOf(Rules), "Rules for missing values and unseen levels, by feature."),
        Optional("terms", ListOf(TermShapes.Term), "glm: the terms of the linear predictor."),
        Optional("penalty", PenaltyShapes.Penalty, "glm: a price on large coefficients, and limits to them."),
        Optional(
            "controls",
            MapOf(Text),
            "glm: columns that the fit allows for and the score does not, with the value that stands for all rows: year: 2024."
        ),
        Optional("inference", InferenceShapes.Inference, "glm: errors, intervals and tests."),
        Optional(
            "objective",
            BoostingShapes.Objective,
            "boosting: a loss other than the family's own: huber or quantile (family gaussian), zero_inflated_poisson (family poisson), multiclass (no family; the target is a column of classes)."
        ),
        Optional(
            "classes",
            Texts,
            "objective multiclass: values of the target in the order of their probabilities. Default: those of the learn rows, in order."
        ),
        Optional(
            "quantiles",
            ListOf(NumberWithin(0, 1)),
            "boosting with spread: quantiles that are predicted beside the mean. Default 0.05, 0.5 and 0.95."
        ),
        Optional("features", Texts, "boosting: the features to learn from."),
        Optional("options", BoostingShapes.Options, "boosting: how the trees are grown."),
        Optional("split", SplitShapes.Split, "How rows are parted; all are learned on where not given."),
        Optional("seed", NumberWithin(0, 9e15), "Decides every random draw. Default 1."),
        Optional("notes", Text, "What a reader should know."),
    ];

    public static Shape<ModelFile> Model { get; } = new ObjectShape<ModelFile>("a model spec", Keys, Build);

    static ModelFile? Build(KeyValues values)
    {
        if (FamilyOf(values) is not { } family || LearnerOf(values, family) is not { } learner)
            return null;
        var spec = new ModelSpec
        {
            Name = values.Get<string>("model"),
            Target = values.Get<string>("target"),
            Cap = values.Or<TargetCap?>("cap", null),
            Exposure = values.Text("exposure"),
            ExposureUse = values.Or("exposure_use", ExposureUse.Offset),
            Weight = values.Text("weight"),
            Offset = values.Or<(string? Column, string? Model)>("offset", default).Column,
            OffsetModel = values.Or<(string? Column, string? Model)>("offset", default).Model is { } offset
                ? new() { Model = offset }
                : null,
            Family = family,
            Link = values.Or<Link?>("link", null),
            Where = values.Text("where"),
            Derived = [.. Pairs<string>(values, "derive").Select(pair => new DerivedFeature(pair.Key, pair.Value))],
            Rules =
            [
                .. Pairs<(ValueRule? Missing, ValueRule? Unseen)>(values, "rules")
                    .Select(pair => new FeatureRule(pair.Key, pair.Value.Missing, pair.Value.Unseen)),
            ],
            Learner = learner,
            Split = values.Or<SplitSpec?>("split", null),
            Seed = (ulong)values.Or("seed", 1.0),
            Notes = values.Text("notes"),
        };
        foreach (var problem in spec.Validate())
            values.Refuse(PlaceOf(problem, values), problem);
        return new(values.Get<string>("data"), spec);
    }

    /// <summary>Classes have no family; a number that says which is most likely stands for one.</summary>
    static Family? FamilyOf(KeyValues values)
    {
        var isMulticlass = values.Has("objective") && values.Get<BoostingObjective>("objective") == BoostingObjective.Multiclass;
        if (values.Has("family"))
        {
            if (!isMulticlass)
                return values.Get<Family>("family");
            values.Refuse("family", "objective multiclass has no family. Remove 'family'.");
            return null;
        }
        if (isMulticlass)
            return Family.Gaussian;
        values.Refuse("model", $"the key 'family' is missing: the distribution of the target. There are {Family.Names}.");
        return null;
    }

    /// <summary>The key that a problem of the whole spec stands at: the one that it begins with, else the one that it speaks of.</summary>
    static string PlaceOf(string problem, KeyValues values)
    {
        var word = problem.Split(':', ',', ' ')[0];
        if (word == "name" || !problem.StartsWith("learner:", StringComparison.Ordinal))
            return values.Has(word) ? word
                : problem.Contains("HLY12", StringComparison.Ordinal) && problem.Contains(" where,", StringComparison.Ordinal)
                    ? "where"
                : "model";
        (string Word, string Key)[] spoken =
        [
            ("penalised", "penalty"),
            ("penalty", "penalty"),
            ("control '", "controls"),
            ("errors", "inference"),
            ("bias reduction", "inference"),
        ];
        var key = spoken.FirstOrDefault(one => problem.Contains(one.Word, StringComparison.Ordinal) && values.Has(one.Key)).Key;
        return key ?? (values.Has("terms") ? "terms" : "learner");
    }

    static LearnerSpec? LearnerOf(KeyValues values, Family family)
    {
        var isGlm = values.Get<string>("learner") == "glm";
        var (needed, foreign) = isGlm
            ? ("terms", (string[])["features", "options", "objective", "classes", "quantiles"])
            : ("features", (string[])["terms", "penalty", "controls", "inference"]);
        foreach (var key in foreign.Where(values.Has))
            values.Refuse(
                key,
                $"'{key}' does not belong to learner {values.Get<string>("learner")}. Remove it, or change the learner."
            );
        if (!values.Has(needed))
        {
            values.Refuse("learner", $"learner {values.Get<string>("learner")} needs the key '{needed}'.");
            return null;
        }
        return isGlm
            ? new GlmLearner { Terms = values.Get<IReadOnlyList<Term>>("terms"), Options = GlmOptionsOf(values) }
            : new BoostingLearner
            {
                Features = values.Get<IReadOnlyList<string>>("features"),
                Objective = values.Has("objective") ? values.Get<BoostingObjective>("objective") : null,
                Classes = values.Has("classes") ? values.Get<IReadOnlyList<string>>("classes") : null,
                Quantiles = values.Has("quantiles") ? values.Get<IReadOnlyList<double>>("quantiles") : null,
                Options = values.Or("options", BoostingShapes.WithoutSettings(family)),
            };
    }

    static GlmOptions GlmOptionsOf(KeyValues values)
    {
        var options = new GlmOptions
        {
            Penalty = values.Or<GlmPenalty?>("penalty", null),
            Controls = new Dictionary<string, string>(Pairs<string>(values, "controls"), StringComparer.Ordinal),
        };
        return values.Or<Func<GlmOptions, GlmOptions>?>("inference", null) is { } inference ? inference(options) : options;
    }

    static IReadOnlyList<KeyValuePair<string, T>> Pairs<T>(KeyValues values, string key) =>
        values.Or<IReadOnlyList<KeyValuePair<string, T>>>(key, []);
}
