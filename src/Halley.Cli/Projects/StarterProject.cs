using System.Globalization;
using System.Text;
using Halley.Data;

namespace Halley.Cli;

/// <summary>A first project for a user's own file: everything that the road needs, small enough to read and edit.</summary>
sealed class StarterProject
{
    readonly Table table;
    readonly string file;

    readonly StarterColumns columns;

    StarterProject(Table table, string file, string target, string family, StarterColumns columns) =>
        (this.table, this.file, Target, Family, this.columns) = (table, file, target, family, columns);

    public string Target { get; }

    public string Family { get; }

    public string? Exposure => columns.Exposure;

    public IReadOnlyList<Field> Features => columns.Features;

    public IReadOnlyList<LeftOutColumn> LeftOut => columns.LeftOut;

    /// <summary>Column whose levels part the rows; null for a random split.</summary>
    public string? Split => columns.Split?.Name;

    public string? OrderLeak => columns.OrderLeak;

    /// <exception cref="HalleyException">HLY7042: no target is named or found; HLY7043: it is no number or yes/no; HLY7044: nothing to learn from.</exception>
    public static StarterProject For(
        Schema schema,
        Table table,
        string file,
        string? named,
        CancellationToken cancellation = default
    )
    {
        var target =
            named
            ?? StarterColumns.GuessTarget(schema)
            ?? throw new HalleyException(
                "HLY7042",
                $"no column looks like a target. Name one with --target. There are: {Names(schema)}."
            );
        if (schema.Find(target) is not { Kind: FieldKind.Number or FieldKind.Boolean })
            throw new HalleyException(
                "HLY7043",
                $"the target '{target}' is not a column of numbers or of true and false. There are: {Names(schema)}."
            );
        var columns = StarterColumns.Of(schema, table, target, cancellation);
        if (columns.Features.Count == 0)
            throw new HalleyException(
                "HLY7044",
                $"besides the target '{target}' no column can be learned from. {string.Join(" ", columns.LeftOut.Select(column => $"'{column.Column}': {column.Reason}"))}"
            );
        return new(table, file, target, FamilyOf(table[target], columns.Exposure is not null), columns);
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
            ("monitor.yaml", MonitorYaml()),
            ("value.yaml", StarterPipelines.Text("value.yaml")),
            ("gates.yaml", StarterPipelines.Text("gates.yaml")),
            ("canary.yaml", StarterPipelines.Text("canary.yaml")),
            (".gitignore", StarterPipelines.Text("gitignore")),
            (".github/workflows/halley.yml", StarterPipelines.Text("github.yml")),
            (".gitlab-ci.yml", StarterPipelines.Text("gitlab.yml")),
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
            text.Append(RulesYaml());
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
        return text.Append(columns.SplitYaml()).Append(LeftOutYaml()).ToString();
    }

    /// <summary>What stands for values that the learn rows do not hold, so that every row has a prediction.</summary>
    string RulesYaml()
    {
        var rules = Features.Select(field => (field.Name, Rules: Values(field).GlmRules())).Where(rule => rule.Rules is not null);
        var text = new StringBuilder();
        foreach (var (name, rule) in rules)
            text.Append(CultureInfo.InvariantCulture, $"  {Yaml.Quoted(name)}: {{ {rule} }}\n");
        return text.Length == 0
            ? ""
            : $"# A level or a missing value that the learn rows do not hold counts as the usual value. 'reject' refuses it.\nrules:\n{text}";
    }

    string LeftOutYaml()
    {
        var text = new StringBuilder();
        if (OrderLeak is not null)
            text.Append(CultureInfo.InvariantCulture, $"# Beware: {OneLine(OrderLeak)}\n");
        if (LeftOut.Count > 0)
            text.Append("# Left out of the features:\n");
        foreach (var (column, reason) in LeftOut)
            text.Append(CultureInfo.InvariantCulture, $"#   {OneLine(column)}: {OneLine(reason)}\n");
        return text.ToString();
    }

    string Term(Field field)
    {
        if (field.Kind != FieldKind.Number)
            return $"  - factor: {Yaml.Quoted(field.Name)}\n";
        var cuts = Values(field).Cuts();
        return cuts.Count == 0
            ? $"  - number: {Yaml.Quoted(field.Name)}\n"
            : $"  - bands: {Yaml.Quoted(field.Name)}\n    cuts: [{string.Join(", ", cuts.Select(StarterValues.Text))}]\n";
    }

    string DecisionYaml()
    {
        var text = new StringBuilder(
            "# yaml-language-server: $schema=../.halley/schemas/decision.schema.json\ndecision: decision\n"
        );
        text.Append(
            "# Ranges are those of the data, widened by half on each side: narrow them to what you insure. A request outside is refused.\n"
        );
        text.Append("# A level that is not listed is refused too, so that nobody gets another level's price unasked.\n");
        text.Append("inputs:\n  record_id: { kind: text, role: id }\n");
        foreach (var field in Features)
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {Yaml.Quoted(field.Name)}: {Values(field).Input()}{Values(field).InputRemark()}\n"
            );
        return text.Append("models:\n  prediction: glm@latest\noutputs:\n  prediction: { value: prediction }\n").ToString();
    }

    string TestsYaml()
    {
        var text = new StringBuilder(
            "# yaml-language-server: $schema=../.halley/schemas/tests.schema.json\ncases:\n  - name: a usual record is accepted\n    input:\n      record_id: test-1\n"
        );
        foreach (var field in Features)
            text.Append(CultureInfo.InvariantCulture, $"      {Yaml.Quoted(field.Name)}: {Values(field).Usual}\n");
        return text.Append("    action: accept\n").ToString();
    }

    string MonitorYaml()
    {
        var text = new StringBuilder(
            "# yaml-language-server: $schema=.halley/schemas/monitor.schema.json\n# What is watched of the live decision; outcomes come with 'halley outcomes import'.\ndecision:\n"
        );
        if (Features.FirstOrDefault(field => field.Kind is FieldKind.Category or FieldKind.Boolean) is { } segment)
            text.Append(CultureInfo.InvariantCulture, $"  segments: [{Yaml.Quoted(segment.Name)}]\n");
        var taken = Exposure is null ? "" : ", taken: years";
        var words = Exposure is null ? "" : " and its years at risk so far as kind 'years'";
        return text.Append(
                CultureInfo.InvariantCulture,
                $"  lines:\n    # What came of a decision is reported as an outcome of kind 'actual'{words}.\n    - {{ name: {Yaml.Quoted(Target)}, expected: prediction, actual: actual{taken} }}\n"
            )
            .ToString();
    }

    StarterValues Values(Field field) => new(field, table[field.Name]);

    static string OneLine(string text) => text.ReplaceLineEndings(" ");

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

    static string Names(Schema schema) => string.Join(", ", schema.Fields.Select(field => field.Name));
}
