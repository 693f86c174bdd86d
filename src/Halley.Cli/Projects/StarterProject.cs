using System.Globalization;
using System.Text;
using Halley.Data;

namespace Halley.Cli;

/// <summary>A first project for a user's own file: everything that the road needs, small enough to read and edit.</summary>
sealed class StarterProject
{
    static readonly string[] CountNames =
    [
        "claimnb",
        "claim_count",
        "claimcount",
        "claims",
        "nclaims",
        "numclaims",
        "count",
        "frequency",
    ];
    static readonly string[] CostNames =
    [
        "claimamount",
        "claim_amount",
        "claim_total",
        "claimtotal",
        "amount",
        "cost",
        "loss",
        "severity",
    ];
    static readonly string[] YesNoNames = ["fraud", "fraudfound_p", "lapse", "converted", "claimocc", "large", "target", "y"];

    readonly Table table;
    readonly string file;

    static readonly double[] CutShares = [0.2, 0.4, 0.6, 0.8];

    StarterProject(Table table, string file, string target, string? exposure, string family, IReadOnlyList<Field> features) =>
        (this.table, this.file, Target, Exposure, Family, Features) = (table, file, target, exposure, family, features);

    public string Target { get; }

    public string? Exposure { get; }

    public string Family { get; }

    public IReadOnlyList<Field> Features { get; }

    /// <exception cref="HalleyException">HLY7042: no target is named or found; HLY7043: it is no number or yes/no; HLY7044: nothing to learn from.</exception>
    public static StarterProject For(Schema schema, Table table, string file, string? named)
    {
        var target =
            named
            ?? GuessTarget(schema)
            ?? throw new HalleyException(
                "HLY7042",
                $"no column looks like a target. Name one with --target. There are: {Names(schema)}."
            );
        if (schema.Find(target) is not { Kind: FieldKind.Number or FieldKind.Boolean })
            throw new HalleyException(
                "HLY7043",
                $"the target '{target}' is not a column of numbers or of true and false. There are: {Names(schema)}."
            );
        var exposure = schema.OfRole(Role.Exposure)?.Name;
        var features = schema
            .Fields.Where(field => IsFeature(field, table) && field.Name != target && !IsOutcome(field.Name))
            .ToList();
        if (features.Count == 0)
            throw new HalleyException(
                "HLY7044",
                $"besides the target '{target}' no column can be learned from. There are: {Names(schema)}."
            );
        return new(table, file, target, exposure, FamilyOf(table[target], exposure is not null), features);
    }

    /// <summary>Writes the project's files.</summary>
    public void WriteTo(string folder)
    {
        foreach (var (name, text) in Files(folder))
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            File.WriteAllText(path, text);
        }
    }

    IEnumerable<(string Name, string Text)> Files(string folder) =>
        [
            (
                "halley.yaml",
                $"# A Halley project: this folder is its root.\nproject: {Path.GetFileName(Path.GetFullPath(folder))}\n"
            ),
            ("data.yaml", DataYaml(folder)),
            ("models/glm.yaml", ModelYaml("glm")),
            ("models/trees.yaml", ModelYaml("trees")),
            ("decisions/decision.yaml", DecisionYaml()),
            ("tests/decision.yaml", TestsYaml()),
            (
                "gates.yaml",
                "# What a release must pass before an environment takes it.\nstaging:\n  - gate: artefacts\n  - gate: decision_tests\nproduction:\n  - gate: artefacts\n  - gate: decision_tests\n  - gate: approval\n"
            ),
        ];

    string DataYaml(string folder)
    {
        var text = new StringBuilder("# yaml-language-server: $schema=.halley/schemas/data.schema.json\ntables:\n  records:\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"    file: {Yaml.Quoted(Path.GetRelativePath(Path.GetFullPath(folder), Path.GetFullPath(file)))}\n"
        );
        if (Exposure is not null)
            text.Append(CultureInfo.InvariantCulture, $"    roles: {{ {Yaml.Quoted(Exposure)}: exposure }}\n");
        return text.ToString();
    }

    string ModelYaml(string name)
    {
        var isGlm = name == "glm";
        var text = new StringBuilder("# yaml-language-server: $schema=../.halley/schemas/model.schema.json\n");
        text.Append(
            CultureInfo.InvariantCulture,
            $"model: {name}\ndata: records\nlearner: {(isGlm ? "glm" : "boosting")}\ntarget: {Yaml.Quoted(Target)}\nfamily: {Family}\n"
        );
        if (isGlm && Family == "gamma")
            text.Append("link: log\n");
        if (Exposure is not null)
            text.Append(CultureInfo.InvariantCulture, $"exposure: {Yaml.Quoted(Exposure)}\nwhere: {Exposure} > 0\n");
        else if (Family == "gamma")
            text.Append(CultureInfo.InvariantCulture, $"where: {Target} > 0\n");
        if (isGlm)
        {
            text.Append("terms:\n");
            foreach (var field in Features)
                text.Append(Term(field));
        }
        else
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"features: [{string.Join(", ", Features.Select(field => Yaml.Quoted(field.Name)))}]\n"
            );
        }
        return text.Append("split: { test_share: 0.2, validation_share: 0.1 }\n").ToString();
    }

    string Term(Field field)
    {
        if (field.Kind != FieldKind.Number)
            return $"  - factor: {Yaml.Quoted(field.Name)}\n";
        var cuts = Cuts(table.Numeric(field.Name));
        return cuts.Count == 0
            ? $"  - number: {Yaml.Quoted(field.Name)}\n"
            : $"  - bands: {Yaml.Quoted(field.Name)}\n    cuts: [{string.Join(", ", cuts.Select(Text))}]\n";
    }

    string DecisionYaml()
    {
        var text = new StringBuilder(
            "# yaml-language-server: $schema=../.halley/schemas/decision.schema.json\ndecision: decision\ninputs:\n  record_id: { kind: text, role: id }\n"
        );
        foreach (var field in Features)
        {
            var missing = table[field.Name].MissingCount > 0 ? ", missing: missing" : "";
            var levels = field.Levels is null ? "" : $", levels: [{string.Join(", ", field.Levels.Levels.Select(Yaml.Quoted))}]";
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {Yaml.Quoted(field.Name)}: {{ kind: {field.Kind.ToString().ToLowerInvariant()}{levels}{missing} }}\n"
            );
        }
        return text.Append("models:\n  prediction: glm@latest\noutputs:\n  prediction: { value: prediction }\n").ToString();
    }

    string TestsYaml()
    {
        var text = new StringBuilder(
            "# yaml-language-server: $schema=../.halley/schemas/tests.schema.json\ncases:\n  - name: a usual record is accepted\n    input:\n      record_id: test-1\n"
        );
        foreach (var field in Features)
            text.Append(CultureInfo.InvariantCulture, $"      {Yaml.Quoted(field.Name)}: {Usual(field)}\n");
        return text.Append("    action: accept\n").ToString();
    }

    /// <summary>A value that occurs: the middle one of a number, the first level that a row has.</summary>
    string Usual(Field field)
    {
        var column = table[field.Name];
        if (column is NumericColumn numbers)
        {
            var sorted = numbers.Values.ToArray().Where(double.IsFinite).Order().ToArray();
            return Text(sorted[sorted.Length / 2]);
        }
        var row = Enumerable.Range(0, column.RowCount).First(row => !column.IsMissing(row));
        return field.Kind == FieldKind.Boolean ? column.TextAt(row)! : Yaml.Quoted(column.TextAt(row)!);
    }

    /// <summary>Cuts at fifths of the rows, where the values are many enough; none for a number of few values.</summary>
    static List<double> Cuts(NumericColumn column)
    {
        var sorted = column.Values.ToArray().Where(double.IsFinite).Order().ToArray();
        if (sorted.Length == 0 || sorted.Distinct().Take(6).Count() < 6)
            return [];
        var cuts = CutShares.Select(share => sorted[(int)(share * (sorted.Length - 1))]);
        return [.. cuts.Distinct().Where(cut => cut > sorted[0])];
    }

    static string FamilyOf(Column target, bool hasExposure)
    {
        if (target is not NumericColumn numbers)
            return "binomial";
        var values = numbers.Values.ToArray().Where(double.IsFinite).ToArray();
        var whole = values.All(value => value == Math.Floor(value) && value >= 0);
        if (whole && !hasExposure && values.All(value => value <= 1))
            return "binomial";
        if (whole && values.DefaultIfEmpty(0).Max() <= 100)
            return "poisson";
        if (values.Any(value => value < 0))
            return "gaussian";
        return hasExposure ? "tweedie(1.5)" : "gamma";
    }

    static bool IsFeature(Field field, Table table) =>
        field.Role == Role.Feature
        && field.Kind is FieldKind.Number or FieldKind.Category or FieldKind.Boolean
        && Varies(table[field.Name]);

    static bool Varies(Column column)
    {
        var first = column.RowCount == 0 ? null : column.TextAt(0);
        return Enumerable.Range(0, column.RowCount).Any(row => column.TextAt(row) != first);
    }

    static string? GuessTarget(Schema schema) =>
        schema.OfRole(Role.Target)?.Name
        ?? CountNames
            .Concat(YesNoNames)
            .Concat(CostNames)
            .Select(name =>
                schema.Fields.FirstOrDefault(field => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase))?.Name
            )
            .FirstOrDefault(name => name is not null);

    /// <summary>What is known only after the event must not be learned from.</summary>
    static bool IsOutcome(string name) => CountNames.Concat(CostNames).Contains(name.ToLowerInvariant());

    static string Names(Schema schema) => string.Join(", ", schema.Fields.Select(field => field.Name));

    static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
