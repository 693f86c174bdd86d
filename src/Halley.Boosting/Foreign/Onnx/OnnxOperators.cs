namespace Halley.Boosting;

/// <summary>The operators that are carried, by name.</summary>
static class OnnxOperators
{
    internal static OnnxValue Run(OnnxEvaluator graph, OnnxNode node, OnnxValue?[] inputs)
    {
        var first = inputs.Length > 0 ? inputs[0] : null;
        return (node.Domain, node.Operator) switch
        {
            ("ai.onnx.ml", "TreeEnsembleRegressor") => OnnxEnsembles.Regressor(node, Matrix(node, first)),
            ("ai.onnx.ml", "TreeEnsembleClassifier") => OnnxEnsembles.Classifier(node, Matrix(node, first)),
            ("ai.onnx.ml", "TreeEnsemble") => OnnxEnsembles.Version5(node, Matrix(node, first)),
            ("ai.onnx.ml", "LinearRegressor") => OnnxLinearModels.Regressor(graph, node, Matrix(node, first)),
            ("ai.onnx.ml", "LinearClassifier") => OnnxLinearModels.Classifier(graph, node, Matrix(node, first)),
            ("ai.onnx.ml", "Scaler") => OnnxEncoders.Scaler(graph, node, Matrix(node, first)),
            ("ai.onnx.ml", "Normalizer") => OnnxEncoders.Normalizer(graph, node, Matrix(node, first)),
            ("ai.onnx.ml", "Imputer") => OnnxEncoders.Imputer(graph, node, Matrix(node, first)),
            ("ai.onnx.ml", "Binarizer") => OnnxEncoders.Binarizer(graph, node, Matrix(node, first)),
            ("ai.onnx.ml", "OneHotEncoder") => OnnxCategories.OneHot(graph, node, Matrix(node, first)),
            ("ai.onnx.ml", "LabelEncoder" or "CategoryMapper") => OnnxCategories.Labels(graph, node, Matrix(node, first)),
            ("ai.onnx.ml", "ArrayFeatureExtractor") => OnnxShapes.Pick(graph, node, first, Constant(node, inputs, 1)),
            ("ai.onnx.ml", "FeatureVectorizer") => OnnxShapes.Vectorise(graph, node, inputs),
            ("ai.onnx.ml", "ZipMap") => first ?? throw node.Malformed($"it has no input."),
            ("" or "ai.onnx", var name) => Standard(graph, node, name, first, inputs),
            _ => throw Unknown(node),
        };
    }

    static OnnxValue Standard(OnnxEvaluator graph, OnnxNode node, string name, OnnxValue? first, OnnxValue?[] inputs) =>
        name switch
        {
            "Identity" or "Dropout" => first ?? throw node.Malformed($"it has no input."),
            "Constant" => OnnxShapes.Constant(node),
            "Reshape" or "Flatten" or "Squeeze" or "Unsqueeze" => OnnxShapes.Flat(node, first),
            "Concat" => OnnxShapes.Concat(graph, node, inputs),
            "Gather" => OnnxShapes.Gather(graph, node, first, Constant(node, inputs, 1)),
            "Slice" => OnnxShapes.Slice(graph, node, Matrix(node, first), inputs),
            "Cast" => OnnxElementwise.Cast(graph, node, first),
            "MatMul" or "Gemm" => OnnxLinearModels.Product(graph, node, Matrix(node, first), inputs),
            "Softmax" => OnnxLinearModels.Softmax(node, first),
            "Where" => OnnxElementwise.Where(graph, node, inputs),
            _ => OnnxElementwise.Run(graph, node, inputs) ?? throw Unknown(node),
        };

    internal static OnnxMatrix Matrix(OnnxNode node, OnnxValue? value) =>
        value switch
        {
            OnnxMatrix matrix => matrix,
            OnnxScores or OnnxLinearScores => throw node.Unsupported(
                $"it works on with the score of a model, in a way that is not carried.",
                "Export the model without what follows it, or stack the models in a decision."
            ),
            null => throw node.Malformed($"it has no input."),
            _ => throw node.Unsupported($"it works on a constant.", "Export the model with its constants folded."),
        };

    internal static OnnxTensor Constant(OnnxNode node, OnnxValue?[] inputs, int index) =>
        index < inputs.Length && inputs[index] is OnnxConstant constant
            ? constant.Tensor
            : throw node.Unsupported($"its input {index} is not a constant.", "Export the model with its constants folded.");

    static Data.HalleyException Unknown(OnnxNode node) =>
        node.Unsupported(
            $"the operator is not carried.",
            "Trees, linear models, scalers, imputers and encoders are; compute the rest before the model, for example in features.yaml."
        );
}
