namespace Halley.Boosting;

sealed record OnnxConstant(OnnxTensor Tensor) : OnnxValue;
