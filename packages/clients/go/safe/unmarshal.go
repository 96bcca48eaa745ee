package safe

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"strconv"
	"strings"
)

// Unmarshal works like encoding/json's, but accepts what the live service is known to send: a bare ID in place of an object, an object in place
// of an ID, and an array in place of a single object. Values that fit no type are left out; the rest is returned.
func Unmarshal(data []byte, into any) error {
	err := json.Unmarshal(data, into)
	var mismatch *json.UnmarshalTypeError
	if !errors.As(err, &mismatch) {
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return err
	}
	model := reflect.ValueOf(into).Elem()
	fitting, err := json.Marshal(fit(value, model.Type()))
	if err != nil {
		return err
	}
	model.SetZero()
	return json.Unmarshal(fitting, into)
}

// fit converts a JSON value to one that the type can hold; nil if there is none.
func fit(value any, kind reflect.Type) any {
	switch kind.Kind() {
	case reflect.Pointer:
		return fit(value, kind.Elem())
	case reflect.Interface:
		return value
	case reflect.Struct:
		return fitStruct(value, kind)
	case reflect.Slice:
		items, isList := value.([]any)
		if !isList {
			return nil
		}
		fitted := make([]any, len(items))
		for at, each := range items {
			fitted[at] = fit(each, kind.Elem())
		}
		return fitted
	}
	if object, isObject := value.(map[string]any); isObject {
		value = object["id"]
	}
	switch kind.Kind() {
	case reflect.Int64:
		return wholeNumber(value)
	case reflect.Float32, reflect.Float64:
		if number, isNumber := value.(json.Number); isNumber {
			return number
		}
	case reflect.Bool:
		if truth, isBool := value.(bool); isBool {
			return truth
		}
	case reflect.String:
		return text(value)
	}
	return nil
}

func fitStruct(value any, kind reflect.Type) any {
	fields := map[string]reflect.Type{}
	for at := range kind.NumField() {
		name, _, _ := strings.Cut(kind.Field(at).Tag.Get("json"), ",")
		fields[name] = kind.Field(at).Type
	}
	switch given := value.(type) {
	case map[string]any:
		fitted := map[string]any{}
		for name, each := range given {
			if field, isKnown := fields[name]; isKnown {
				fitted[name] = fit(each, field)
			}
		}
		return fitted
	case []any:
		if len(given) > 0 {
			return fit(given[0], kind)
		}
	case json.Number, string:
		if field, hasID := fields["id"]; hasID {
			return map[string]any{"id": fit(given, field)}
		}
	}
	return nil
}

func wholeNumber(value any) any {
	text, isText := value.(string)
	if number, isNumber := value.(json.Number); isNumber {
		text, isText = number.String(), true
	}
	if whole, err := strconv.ParseInt(text, 10, 64); isText && err == nil {
		return whole
	}
	if number, err := strconv.ParseFloat(text, 64); isText && err == nil && number == float64(int64(number)) && -exact <= number && number <= exact {
		return int64(number)
	}
	return nil
}

// exact is the largest integer that every JSON parser reads exactly: above it, an ID sent as a number may have lost digits.
const exact = 1<<53 - 1

func text(value any) any {
	switch given := value.(type) {
	case string:
		return given
	case json.Number:
		if whole, err := given.Int64(); err == nil && -exact <= whole && whole <= exact {
			return given.String()
		}
	}
	return nil
}
